# language: zh-CN
功能: 预支与保底
  把收入较少的月份补足到约定金额，以及以后的月份是否归还。

  规则: 所得低于预支额的月份补足到预支额，以后月份高于预支额的部分用于归还

    场景: 一月所得 1,500.00，补足到 2,000.00
      假如将 plans/account-executive-2026.yaml 中的“proration: none”改为“draw: {amount: 2_000 CNY, per: month, kind: recoverable}”并生效
      并且陈伟 2026-Q1 的业绩指标为 1,000,000.00 CNY
      并且2026年1月5日，陈伟以 50,000.00 CNY 赢下商机“窑炉”
      当何平计算 2026-01 的薪酬
      那么陈伟因商机“窑炉”累计获得 1,500.00 CNY
      并且陈伟以“预支”累计获得 500.00 CNY
      并且陈伟累计获得 2,000.00 CNY

    场景: 二月所得 3,000.00，归还 500.00
      假如将 plans/account-executive-2026.yaml 中的“proration: none”改为“draw: {amount: 2_000 CNY, per: month, kind: recoverable}”并生效
      并且陈伟 2026-Q1 的业绩指标为 1,000,000.00 CNY
      并且2026年1月5日，陈伟以 50,000.00 CNY 赢下商机“窑炉”
      并且2026-01 的薪酬已过账并关账
      并且2026年2月5日，陈伟以 100,000.00 CNY 赢下商机“冲床”
      当何平计算 2026-02 的薪酬
      那么陈伟以“预支”累计获得 0.00 CNY
      并且陈伟累计获得 4,500.00 CNY
      并且批次应付陈伟 1,000.00 CNY

    场景大纲: 两个月之后，<方式> 的预支累计变动 <变动>
      假如将 plans/account-executive-2026.yaml 中的“proration: none”改为“draw: {amount: 2_000 CNY, per: month, kind: <方式>}”并生效
      并且陈伟 2026-Q1 的业绩指标为 1,000,000.00 CNY
      并且2026年1月5日，陈伟以 50,000.00 CNY 赢下商机“窑炉”
      并且2026年2月5日，陈伟以 100,000.00 CNY 赢下商机“冲床”
      当何平计算 2026-02 的薪酬
      那么陈伟以“预支”累计获得 <变动>

      例子: 归还什么，归还多快
        | 方式                                | 变动       |
        | non_recoverable                     | 500.00 CNY |
        | recoverable, rate: 20%              | 300.00 CNY |
        | recoverable, at_most: 100 CNY       | 400.00 CNY |
        | recoverable, starts_after: 2 months | 500.00 CNY |
        | forgiven, ends: 2026-02-01          | 500.00 CNY |
        | recoverable, ends: 2026-02-01       | 0.00 CNY   |

    场景: 期间结束后才结算
      假如将 plans/account-executive-2026.yaml 中的“proration: none”改为“draw: {amount: 2_000 CNY, per: quarter, kind: recoverable}”并生效
      并且陈伟 2026-Q1 的业绩指标为 1,000,000.00 CNY
      并且2026年1月5日，陈伟以 50,000.00 CNY 赢下商机“窑炉”
      当何平计算 2026-02 的薪酬
      那么陈伟以“预支”累计获得 0.00 CNY
      并且陈伟累计获得 1,500.00 CNY

  规则: 保底补足新人最初的几个月，且无需归还

    场景大纲: 钱多 2 月 1 日入职；到 <月份> 末累计获得 <所得>
      假如将 plans/account-executive-2026.yaml 中的“proration: none”改为“guarantee: {amount: 2_000 CNY, per: month, for: 2 months}”并生效
      并且自2026年2月1日起，钱多任客户经理，向吴芳汇报
      并且钱多 2026-Q1 的业绩指标为 1,000,000.00 CNY
      并且2026年3月5日，钱多以 50,000.00 CNY 赢下商机“窑炉”
      当何平计算 <月份> 的薪酬
      那么钱多累计获得 <所得>
      并且钱多以“保底”累计获得 <补足>

      例子: 两个月，第二个月自己挣得 1,500.00
        | 月份    | 所得         | 补足         |
        | 2026-01 | 0.00 CNY     | 0.00 CNY     |
        | 2026-02 | 2,000.00 CNY | 2,000.00 CNY |
        | 2026-03 | 4,000.00 CNY | 2,500.00 CNY |
        | 2026-04 | 4,000.00 CNY | 2,500.00 CNY |
