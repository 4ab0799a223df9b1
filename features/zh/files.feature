# language: zh-CN
功能: 外部文件导入
  文件按配置读取，配置说明各列含义。导入不是后门：规则处处相同。

  规则: 错误的行指出行号和原因，不影响其他行

    场景: 两行正确，一行错误
      当按 profiles/cordys-opportunities.yaml 中的“国产 CRM 商机导入”导入文件
        | 业务编码 | 商机名称 | 客户名称 | 金额      | 结束时间   | 创建时间         | 负责人   |
        | C-1      | 窑炉     | 兰州钢铁 | 50,000    | 2026-05-01 | 2026-03-02 10:00 | chen-wei |
        | C-2      | 冲床     | 无锡轴承 | 很多      | 2026-05-01 | 2026-03-02 11:00 | li-na    |
        | C-3      | 锯床     | 佛山工具 | ¥8,000.00 | 2026-05-01 | 2026-03-02 12:00 | li-na    |
      那么文件中有 2 个事件已登记
      并且关于文件第 3 行的提示为““金额”为“很多”，不是模板规定的数字写法。”
      并且商机“C-1”的信息为
        | 金额   | 50,000.00 CNY |
        | 负责人 | 陈伟          |
        | 客户   | 兰州钢铁      |
      并且商机“C-3”的信息为
        | 金额 | 8,000.00 CNY |

    场景: 每一行都正确
      当按 profiles/zoho-deals.yaml 中的“Zoho CRM 商机”导入文件
        | Record Id | Deal Name | Deal Owner  | Created Time        | Closing Date | Currency | Amount  | Lead Source | Stage    |
        | Z-1       | 车床      | anna-keller | 2026-03-02 10:00:00 | 2026-06-01   | EUR      | 9000.00 | Web         | Prospect |
      那么文件中有 1 个事件已登记
      并且商机“Z-1”处于“线索”阶段
      并且商机“Z-1”的信息为
        | 金额 | 9,000.00 EUR |

  规则: 阶段条件对导入同样有效

    场景: 联系人连同号码与时区一起导入
      当按 profiles/contacts.yaml 中的“客户联系人导入”导入文件
        | 联系人编号 | 姓名 | 电话      | 时区          | 更新日期   |
        | K-1        | 王敏 | 139000001 | Europe/Berlin | 2026-03-02 |
      那么文件中有 1 个事件已登记

    场景: 联系人连同已退订的渠道一起导入
      当按 profiles/contacts.yaml 中的“客户联系人导入”导入文件
        | 联系人编号 | 姓名 | 客户 | 已退订渠道 | 更新日期   |
        | K-1        | 王敏 | A-1  | 邮件       | 2026-03-02 |
        | K-2        | 艾达 | A-1  |            | 2026-03-02 |
      那么文件中有 3 个事件已登记

    场景: 客户连同其并入的记录一起导入
      当按 profiles/customers.yaml 中的“客户导入”导入文件
        | 客户编号 | 客户名称     | 行业 | 并入客户 | 更新日期   |
        | A-1      | 兰州钢铁     | 钢铁 |          | 2026-03-02 |
        | A-2      | 兰州钢铁公司 |      | A-1      | 2026-03-02 |
      那么文件中有 3 个事件已登记

    场景: 文件写着赢单，流程规定从哪里赢单
      当按 profiles/zoho-deals.yaml 中的“Zoho CRM 商机”导入文件
        | Record Id | Deal Name | Deal Owner  | Created Time        | Closing Date | Currency | Amount  | Lead Source | Stage      |
        | Z-1       | 车床      | anna-keller | 2026-03-02 10:00:00 | 2026-06-01   | EUR      | 9000.00 | Web         | Closed Won |
      那么文件中有 1 个事件已登记
      并且关于文件的提示为“商机不能从 lead 直接赢单；可赢单的阶段为：negotiation。”
      并且商机“Z-1”处于“线索”阶段
      并且没有人获得商机“Z-1”的业绩

    场景: 文件可以写输单，并带上原因
      当按 profiles/zoho-deals.yaml 中的“Zoho CRM 商机”导入文件
        | Record Id | Deal Name | Deal Owner  | Created Time        | Closing Date | Currency | Amount  | Lead Source | Stage       |
        | Z-1       | 车床      | anna-keller | 2026-03-02 10:00:00 | 2026-06-01   | EUR      | 9000.00 | Web         | Closed Lost |
      那么文件中有 2 个事件已登记
      并且商机“Z-1”处于“输单”阶段

  规则: 同一文件导入两次等于一次

    场景: 第二次没有任何变化
      假如按 profiles/zoho-deals.yaml 中的“Zoho CRM 商机”导入文件
        | Record Id | Deal Name | Deal Owner  | Created Time        | Closing Date | Currency | Amount  | Lead Source | Stage    |
        | Z-1       | 车床      | anna-keller | 2026-03-02 10:00:00 | 2026-06-01   | EUR      | 9000.00 | Web         | Prospect |
      当按 profiles/zoho-deals.yaml 中的“Zoho CRM 商机”导入文件
        | Record Id | Deal Name | Deal Owner  | Created Time        | Closing Date | Currency | Amount  | Lead Source | Stage    |
        | Z-1       | 车床      | anna-keller | 2026-03-02 10:00:00 | 2026-06-01   | EUR      | 9000.00 | Web         | Prospect |
      那么文件中有 0 个事件已登记

    场景: 同一商机金额不同记入审计，以第一次金额为准
      假如按 profiles/zoho-deals.yaml 中的“Zoho CRM 商机”导入文件
        | Record Id | Deal Name | Deal Owner  | Created Time        | Closing Date | Currency | Amount  | Lead Source | Stage    |
        | Z-1       | 车床      | anna-keller | 2026-03-02 10:00:00 | 2026-06-01   | EUR      | 9000.00 | Web         | Prospect |
      当按 profiles/zoho-deals.yaml 中的“Zoho CRM 商机”导入文件
        | Record Id | Deal Name | Deal Owner  | Created Time        | Closing Date | Currency | Amount  | Lead Source | Stage    |
        | Z-1       | 车床      | anna-keller | 2026-03-02 10:00:00 | 2026-06-01   | EUR      | 9500.00 | Web         | Prospect |
      那么关于文件的提示为“zoho/Z-1/created 此前已以不同内容记录（第 … 条）。”
      并且商机“Z-1”的信息为
        | 金额 | 9,000.00 EUR |
