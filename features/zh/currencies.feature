# language: zh-CN
功能: 商机、方案与支付的币种
  汇率是 company/exchange-rates.csv 中的一行，分即期（spot）、月均（month_average）与计划（plan）三类，绝不猜测。

  规则: 自 2027 年起，海外商机按计划汇率计入：1 欧元 8.00 CNY，1 美元 7.00 CNY

    场景大纲: <日期> 赢下 <金额> 的商机
      当<日期>，安娜·凯勒以 <金额> 赢下商机“车床”
      那么商机“车床”的业绩有且仅有归于
        | 安娜·凯勒 | <计入> | 本人 |

      例子: 与当日即期汇率无关
        | 日期         | 金额          | 计入          |
        | 2027年1月4日 | 10,000.00 EUR | 80,000.00 CNY |
        | 2027年3月2日 | 10,000.00 EUR | 80,000.00 CNY |
        | 2027年3月2日 | 10,000.00 USD | 70,000.00 CNY |
        | 2027年3月2日 | 10,000.00 CNY | 10,000.00 CNY |

    场景: 没有计划汇率就等待，即使有即期汇率
      假如将 company/exchange-rates.csv 中的“USD,CNY,2027-01-01,7.0000,plan”改为“GBP,CNY,2027-01-01,9.0000,plan”并生效
      当2027年3月2日，安娜·凯勒以 10,000.00 USD 赢下商机“车床”
      那么该事件等待处理，原因是“没有 2027-03-02 从 USD 到 CNY 的 plan 汇率。”

  规则: 方案可以用其他币种支付：每行最后折算一次，并写明汇率

    场景大纲: 以 <币种> 支付
      假如将 plans/account-executive-abroad.yaml 中的“proration: none”改为<写法>并生效
      并且2027年3月2日，安娜·凯勒以 10,000.00 CNY 赢下商机“车床”
        | 区域 | 欧洲 |
        | 折扣 | 0%   |
      当何平计算 2027-03 的薪酬
      那么安娜·凯勒因商机“车床”累计获得 <薪酬>
      并且批次应付安娜·凯勒 <薪酬>
      并且安娜·凯勒因商机“车床”的薪酬依据 plans/account-executive-abroad.yaml 中的“海外客户经理 2027”，写明<步骤>

      例子: 500.00 CNY 分别按 0.125 与 0.14
        | 币种 | 写法                                           | 薪酬      | 步骤                                                             |
        | EUR  | “pays_in: {currency: EUR, rate: {kind: plan}}” | 62.50 EUR | “500.00 CNY 按汇率 CNY-EUR-2027-01-01-plan 折为 62.50 EUR 支付” |
        | USD  | “pays_in: {currency: USD, rate: {kind: plan}}” | 70.00 USD | “500.00 CNY 按汇率 CNY-USD-2027-01-01-plan 折为 70.00 USD 支付” |

    场景: 本人页面显示支付币种
      假如将 plans/account-executive-abroad.yaml 中的“proration: none”改为“pays_in: {currency: EUR, rate: {kind: plan}}”并生效
      并且安娜·凯勒 2027-Q1 的业绩指标为 100,000.00 CNY
      并且2027年3月2日，安娜·凯勒以 10,000.00 CNY 赢下商机“车床”
        | 区域 | 欧洲 |
        | 折扣 | 0%   |
      并且2027-03 的薪酬已过账
      当安娜·凯勒查询安娜·凯勒 2027-03 的薪酬
      那么回答写明“62.50 EUR”

    场景: 缺少汇率就不发放，并写明原因
      假如将 plans/account-executive-abroad.yaml 中的“proration: none”改为“pays_in: {currency: EUR, rate: {kind: spot}}”并生效
      并且2027年3月2日，安娜·凯勒以 10,000.00 CNY 赢下商机“车床”
        | 区域 | 欧洲 |
        | 折扣 | 0%   |
      当何平计算 2027-03 的薪酬
      那么被拒绝，原因是“没有 2027-03-02 从 CNY 到 EUR 的汇率。”

    场景: 发放之前检查就会提醒
      当将 plans/account-executive-abroad.yaml 中的“proration: none”改为“pays_in: {currency: EUR, rate: {kind: spot}}”
      那么检查发现警告：plans/account-executive-abroad.yaml 第 35 行，“2027-01-01 没有从 CNY 到 EUR 的 spot 汇率，而本方案需要。”
