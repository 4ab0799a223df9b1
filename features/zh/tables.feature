# language: zh-CN
功能: 按表定费率
  自 2027 年起，海外客户经理的每笔商机按表计提：卖什么、卖到哪里、打多少折。

  规则: 硬件在欧洲 5%，折扣 10% 起 4%，20% 起 2%；其他区域 4% 与 3%；其余产品 8% 与 6%

    场景大纲: <区域>的<产品线>折扣 <折扣> 得 <薪酬>
      假如2027年3月2日，安娜·凯勒以 10,000.00 CNY 赢下商机“窑炉”
        | 产品线 | <产品线> |
        | 区域   | <区域>   |
        | 折扣   | <折扣>   |
      当何平计算 2027-03 的薪酬
      那么安娜·凯勒累计获得 <薪酬>
      并且安娜·凯勒因商机“窑炉”的薪酬依据 plans/account-executive-abroad.yaml 中的“海外客户经理 2027”，写明<行>

      例子: 略低于与正好等于界限，欧洲与其他区域
        | 产品线 | 区域 | 折扣   | 薪酬       | 行                                                               |
        | 硬件   | 欧洲 | 9.99%  | 500.00 CNY | “5%，即 lookup(commission-rate)（tables/commission-rate.csv:2）” |
        | 硬件   | 欧洲 | 10%    | 400.00 CNY | “4%，即 lookup(commission-rate)（tables/commission-rate.csv:3）” |
        | 硬件   | 欧洲 | 19.99% | 400.00 CNY | “10,000.00 × 4% = 400.00 CNY”                                    |
        | 硬件   | 欧洲 | 20%    | 200.00 CNY | “2%，即 lookup(commission-rate)（tables/commission-rate.csv:4）” |
        | 硬件   | 亚洲 | 9.99%  | 400.00 CNY | “4%，即 lookup(commission-rate)（tables/commission-rate.csv:5）” |
        | 硬件   | 亚洲 | 20%    | 300.00 CNY | “10,000.00 × 3% = 300.00 CNY”                                    |
        | 服务   | 亚洲 | 0%     | 800.00 CNY | “10,000.00 × 8% = 800.00 CNY”                                    |
        | 软件   | 欧洲 | 50%    | 600.00 CNY | “10,000.00 × 6% = 600.00 CNY”                                    |

    场景: 解释中显示表中的那一行
      假如2027年3月2日，安娜·凯勒以 10,000.00 CNY 赢下商机“窑炉”
        | 区域 | 欧洲 |
        | 折扣 | 15%  |
      并且何平计算 2027-03 的薪酬
      当安娜·凯勒查询安娜·凯勒因商机“窑炉”的薪酬
      那么回答写明“10,000.00 × 4% = 400.00 CNY”
      并且回答写明“hardware,europe,[10%..20%),4%”，见 tables/commission-rate.csv

    场景: 没有填写折扣，填写之前不发放
      假如2027年3月2日，安娜·凯勒以 10,000.00 CNY 赢下商机“窑炉”
        | 区域 | 欧洲 |
      当何平计算 2027-03 的薪酬
      那么安娜·凯勒累计获得 0.00 CNY
      并且安娜·凯勒因商机“窑炉”的薪酬依据 plans/account-executive-abroad.yaml 中的“海外客户经理 2027”，写明“lookup(commission-rate) 没有值，因此不发放”

  规则: 改一个单元格，只改变该格的薪酬

    场景大纲: <区域>由 5% 改为 7%
      假如2027年3月2日，安娜·凯勒以 10,000.00 CNY 赢下商机“窑炉”
        | 区域 | <区域> |
        | 折扣 | 5%     |
      当将 tables/commission-rate.csv 中的“hardware,europe,< 10%,5%”改为“hardware,europe,< 10%,7%”并生效
      并且何平计算 2027-03 的薪酬
      那么安娜·凯勒累计获得 <薪酬>

      例子: 改了的一行与下面的一行
        | 区域 | 薪酬       |
        | 欧洲 | 700.00 CNY |
        | 亚洲 | 400.00 CNY |

  规则: 检查证明 tables/commission-rate.yaml 的表对每笔商机正好有一行

    场景: 现行的表
      那么检查没有发现错误

    场景: 一笔商机有两行
      当将 tables/commission-rate.csv 中的“[10%..20%)”改为“[10%..20%]”
      那么检查发现错误：tables/commission-rate.csv 第 4 行，“本行与第 3 行都匹配：deal.product_line = hardware, deal.region = europe, deal.discount = 20%。`hit: unique` 下只能有一行匹配。”

    场景: 一笔商机没有对应的行
      当将 tables/commission-rate.csv 中的“[10%..20%)”改为“(10%..20%)”
      那么检查发现警告：tables/commission-rate.yaml 第 9 行，“没有任何一行匹配：deal.product_line = hardware, deal.region = europe, deal.discount = 10%。遇到这种情况的事件会进入隔离区等待处理。”

    场景: 永远用不到的一行
      当将 tables/commission-rate.csv 中的“hardware,not(europe),>= 10%,3%”改为“hardware,europe,>= 15%,3%”
      并且将 tables/commission-rate.yaml 中的“hit: unique”改为“hit: first”
      那么检查发现警告：tables/commission-rate.csv 第 6 行，“本行永远不会被用到：凡匹配它的，例如 deal.product_line = hardware, deal.region = europe, deal.discount = 15%，都已由第 3, 4 行取走。”

  规则: 均衡增长奖按 tables/growth-matrix.yaml 中本季两项完成率交汇的一格发放

    场景大纲: 业绩 <业绩>，毛利 <毛利>
      假如安娜·凯勒 2027-Q1 的业绩指标为 100,000.00 CNY
      并且2027年3月2日，安娜·凯勒以 <业绩> 赢下商机“窑炉”
        | 区域 | 欧洲   |
        | 折扣 | 0%     |
        | 毛利 | <毛利> |
      当何平计算 2027-03 的薪酬
      那么安娜·凯勒以“均衡增长奖”累计获得 <奖金>

      例子: targets/margin-2027.yaml 每季要求 40,000.00 CNY，其中四分之一归她
        | 业绩           | 毛利          | 奖金          |
        | 79,999.99 CNY  | 10,000.00 CNY | 0.00 CNY      |
        | 80,000.00 CNY  | 9,999.99 CNY  | 5,000.00 CNY  |
        | 80,000.00 CNY  | 10,000.00 CNY | 8,000.00 CNY  |
        | 100,000.00 CNY | 7,999.99 CNY  | 7,000.00 CNY  |
        | 100,000.00 CNY | 8,000.00 CNY  | 10,000.00 CNY |
        | 100,000.00 CNY | 10,000.00 CNY | 15,000.00 CNY |

    场景: 季度未结束，没有奖金
      假如安娜·凯勒 2027-Q1 的业绩指标为 100,000.00 CNY
      并且2027年2月2日，安娜·凯勒以 100,000.00 CNY 赢下商机“窑炉”
        | 区域 | 欧洲          |
        | 折扣 | 0%            |
        | 毛利 | 10,000.00 CNY |
      当何平计算 2027-02 的薪酬
      那么安娜·凯勒以“均衡增长奖”累计获得 0.00 CNY
      并且安娜·凯勒累计获得 5,000.00 CNY

    场景: 目标与所取的一格都写在规则里
      假如安娜·凯勒 2027-Q1 的业绩指标为 100,000.00 CNY
      并且2027年3月2日，安娜·凯勒以 100,000.00 CNY 赢下商机“窑炉”
        | 区域 | 欧洲          |
        | 折扣 | 0%            |
        | 毛利 | 10,000.00 CNY |
      当将 tables/growth-matrix.yaml 中的“factor: 150%”改为“factor: 160%”并生效
      并且何平计算 2027-03 的薪酬
      那么targets/margin-2027.yaml 中的目标“2027 年海外毛利目标” 2027-Q1 为 40,000.00 CNY
      并且安娜·凯勒以“均衡增长奖”累计获得 16,000.00 CNY
