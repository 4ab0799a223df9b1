# language: zh-CN
功能: 为什么，为什么不
  每个任务和每笔金额都能说明来由：规则及行号、发生了什么、当时的信息。

  规则: 任务说明其规则、文件行号、事件和当时的信息

    场景: 吴芳为什么有这个任务？
      假如2026年3月2日 10:00，陈伟新建 300,000.00 CNY 的商机“窑炉”并推进到“方案报价”
      当吴芳询问任务“参加下次拜访”的由来
      那么回答写明“大单预警”
      并且回答写明“金额 = 300,000.00 CNY”
      并且回答写明“✓ deal.amount >= 300_000 CNY (automations/big-deal-alert.yaml:9:5)”
      并且回答写明“title: {en: Join the next meeting, zh: 参加下次拜访}”，见 automations/big-deal-alert.yaml

    场景: 没有登记的信息也会写明
      假如2026年3月2日 10:00，陈伟新建 50,000.00 CNY 的商机“窑炉”并推进到“商务谈判”
      当陈伟询问任务“准备签约合同”的由来
      那么回答写明“合同已签 = 未填写”
      并且回答写明“✓ deal.contract_signed is not set or not deal.contract_signed (automations/contract-reminder.yaml:”

  规则: 金额等于明细之和，每条明细都写明算式、规则和事件

    场景: 陈伟为什么得到这笔提成？
      假如陈伟 2026-Q1 的业绩指标为 100,000.00 CNY
      并且2026年3月2日，陈伟以 120,000.00 CNY 赢下商机“窑炉”
        | 产品线 | 服务 |
      并且2026-03 的薪酬已过账
      当陈伟查询陈伟因商机“窑炉”的薪酬
      那么回答写明“50,000.00 × 3% + 50,000.00 × 6% + 20,000.00 × 9% = 6,300.00 CNY”
      并且回答写明“× 1.2（if deal.product_line = "service" then 1.2 else 1）”
      并且回答写明“应得 7,560.00 CNY；已发放 3,780.00 CNY；暂扣 3,780.00 CNY”
      并且回答写明“赢单 features/”
      并且回答写明“产品线 = service”
      并且回答写明“- {from: 0%, rate: 3%}”，见 plans/account-executive-2026.yaml
      并且回答写明“amount: deal.amount”，见 plans/account-executive-2026.yaml

    场景: 吴芳为什么也得到提成？
      假如吴芳 2026-Q1 的业绩指标为 100,000.00 CNY
      并且2026年3月2日，陈伟以 80,000.00 CNY 赢下商机“窑炉”
      并且2026-03 的薪酬已过账
      当吴芳查询吴芳因商机“窑炉”的薪酬
      那么回答写明“80,000.00 × 1% = 800.00 CNY”
      并且回答写明“- {from: 80%, rate: 1%}”，见 plans/sales-manager-2026.yaml
      并且回答写明“to: {overlay: deal.owner.manager}”，见 plans/account-executive-2026.yaml

  规则: 没有发生的事同样可以说明

    场景: 商机为什么没有进入下一阶段？
      假如2026年3月2日，陈伟新建 50,000.00 CNY 的商机“窑炉”
        | 客户预算 | 60,000.00 CNY |
      当陈伟询问商机“窑炉”为何没有“已确认”
      那么回答写明“对 窑炉，2 个条件中有 1 个不成立。”
      并且回答写明“✗ deal.connected_calls >= 1”
      并且回答写明“- when: deal.connected_calls >= 1”，见 pipelines/standard.yaml

    场景: 为什么没有请经理参与？
      假如2026年3月2日，陈伟新建 299,999.99 CNY 的商机“窑炉”并推进到“方案报价”
      当陈伟询问商机“窑炉”为何没有“大单预警”
      那么回答写明“✗ deal.amount >= 300_000 CNY”
      并且回答写明“✓ deal.stage = "proposal" (automations/big-deal-alert.yaml:8:5)”
