# language: zh-CN
功能: 方案封顶
  方案各项合计在一个期间内最多发放多少，超出部分如何处理。

  规则: 按赢单先后发放，直到达到封顶

    场景: 每季 3,000.00；第二单达到封顶
      假如将 plans/account-executive-2026.yaml 中的“proration: none”改为“cap: {at_most: 3_000 CNY, per: quarter, excess: lost}”并生效
      并且陈伟 2026-Q1 的业绩指标为 1,000,000.00 CNY
      并且2026年1月5日，陈伟以 50,000.00 CNY 赢下商机“窑炉”
      并且2026年2月5日，陈伟以 100,000.00 CNY 赢下商机“冲床”
      当何平计算 2026-02 的薪酬
      那么陈伟因商机“窑炉”累计获得 1,500.00 CNY
      并且陈伟因商机“冲床”累计获得 1,500.00 CNY
      并且陈伟因商机“冲床”的薪酬依据 plans/account-executive-2026.yaml 中的“客户经理 2026”，写明“方案封顶 3,000.00 CNY：1,500.00 CNY 不再发放”
      并且陈伟的薪酬中暂扣 1,500.00 CNY

    场景: 下一季另有封顶
      假如将 plans/account-executive-2026.yaml 中的“proration: none”改为“cap: {at_most: 3_000 CNY, per: quarter, excess: lost}”并生效
      并且陈伟 2026-Q1 的业绩指标为 1,000,000.00 CNY
      并且陈伟 2026-Q2 的业绩指标为 1,000,000.00 CNY
      并且2026年3月31日，陈伟以 200,000.00 CNY 赢下商机“窑炉”
      并且2026年4月1日，陈伟以 50,000.00 CNY 赢下商机“冲床”
      当何平计算 2026-04 的薪酬
      那么陈伟因商机“窑炉”累计获得 3,000.00 CNY
      并且陈伟因商机“冲床”累计获得 1,500.00 CNY

    场景: 取消的商机为下一单腾出空间
      假如将 plans/account-executive-2026.yaml 中的“proration: none”改为“cap: {at_most: 3_000 CNY, per: quarter, excess: lost}”并生效
      并且陈伟 2026-Q1 的业绩指标为 1,000,000.00 CNY
      并且2026年1月5日，陈伟以 50,000.00 CNY 赢下商机“窑炉”
      并且2026年2月5日，陈伟以 100,000.00 CNY 赢下商机“冲床”
      当2026年2月10日，客户取消商机“窑炉”
      并且何平计算 2026-02 的薪酬
      那么陈伟因商机“窑炉”累计获得 0.00 CNY
      并且陈伟因商机“冲床”累计获得 3,000.00 CNY

  规则: 结转的部分在下一期发放，并受下一期封顶约束

    场景大纲: 一月所得 5,000.00；到 <月份> 末已计 <所得>
      假如将 plans/account-executive-2026.yaml 中的“proration: none”改为“cap: {at_most: 2_000 CNY, per: month, excess: carried_forward}”并生效
      并且陈伟 2026-Q1 的业绩指标为 1,000,000.00 CNY
      并且2026年1月5日，陈伟以 100,000.00 CNY 赢下商机“窑炉”
      并且2026年1月6日，陈伟以 66,666.67 CNY 赢下商机“冲床”
      当何平计算 <月份> 的薪酬
      那么陈伟累计获得 <所得>
      并且陈伟以“方案封顶结转”累计获得 <结转>

      例子: 每月 2,000.00
        | 月份    | 所得         | 结转         |
        | 2026-01 | 2,000.00 CNY | 0.00 CNY     |
        | 2026-02 | 4,000.00 CNY | 2,000.00 CNY |
        | 2026-03 | 5,000.00 CNY | 3,000.00 CNY |

  规则: 封顶要容得下方案所承诺的金额

    场景: 封顶低于保底
      假如将 plans/account-executive-2026.yaml 中的“proration: none”改为“guarantee: {amount: 2_000 CNY, per: month}”
      并且将 plans/account-executive-2026.yaml 中的“rounding: half_up”改为“cap: {at_most: 5_000 CNY, per: quarter}”
      那么检查发现错误：plans/account-executive-2026.yaml 第 67 行，“方案封顶为每季 5,000.00 CNY，低于每月 2,000.00 CNY 的保底，封顶将失去作用。”

    场景: 封顶恰好等于三个月的保底
      假如将 plans/account-executive-2026.yaml 中的“proration: none”改为“guarantee: {amount: 2_000 CNY, per: month}”
      并且将 plans/account-executive-2026.yaml 中的“rounding: half_up”改为“cap: {at_most: 6_000 CNY, per: quarter}”
      那么检查没有发现错误
