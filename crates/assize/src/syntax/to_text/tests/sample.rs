//! The samples of the language reference in both languages.

use super::formatted;
use crate::syntax::to_text::Keywords;

/// The sample of the language reference, with its figures under each other.
pub(super) const WELFARE: &str = r#"scheme welfare-service-502030 "客户满意度工作考评管理办法" {
    source 《服务客户满意度工作考评管理办法》
    assesses unit "各单位" every month
    out of 100 cite "五"

    choice satisfaction "客户评价" best first { 很满意, 基本满意, 一般, 不太满意, 很不满意 }

    input inspected        "当月是否检查"   : flag
    input issues_found     "检查发现的问题" : count, only when inspected, lower is better
    input answer either {
        survey_level       "客户评价"       : satisfaction
        survey_counts      "各档人数"       : count per satisfaction = 0
    }
    input valid_complaints "有效服务投诉"   : count, lower is better
    input major_complaints "重大服务投诉"   : count, lower is better

    no result not_inspected_and_no_complaint "不出具考评意见" when not inspected and
        valid_complaints + major_complaints = 0 cite "六、5"

    item standards "服务工作标准执行情况" out of 50 cite "六、2" {
        start at 50
        deduct 1 per issues_found
        missing => count as full assumed "未检查而有投诉的单位，本项按满分计"
    }
    item survey "客户满意度调查" out of 20 cite "六、3" {
        score by answer, answers averaged {
            很满意   => 20
            基本满意 => 16
            一般     => 12
            不太满意 => 8
            很不满意 => 4
        }
    }
    grade "等次" by total cite "六、1" {
        from 95   => 优秀
        from 90   => 合格
        otherwise => 不合格
    }

    guarantee total in 4..100
    guarantee total never rises with issues_found, valid_complaints, major_complaints
    guarantee every grade reachable

    example "一处问题，一起有效投诉" {
        given  inspected = yes, issues_found = 1, survey_level = 基本满意, valid_complaints = 1, major_complaints = 0
        expect standards = 49, survey = 16, complaints = 24, total = 89, grade = 不合格
    }
}
"#;

const WELFARE_ENGLISH: &str = r#"scheme welfare-service-502030 "客户满意度工作考评管理办法" {
    source 《服务客户满意度工作考评管理办法》
    assesses unit "各单位" every month
    out of 100 cite "五"

    choice satisfaction "客户评价" best first { 很满意, 基本满意, 一般, 不太满意, 很不满意 }

    input inspected "当月是否检查" : flag
    input issues_found "检查发现的问题" : count, only when inspected, lower is better
    input answer either {
        survey_level "客户评价" : satisfaction
        survey_counts "各档人数" : count per satisfaction = 0
    }
    input valid_complaints "有效服务投诉" : count, lower is better
    input major_complaints "重大服务投诉" : count, lower is better

    no result not_inspected_and_no_complaint "不出具考评意见" when not inspected
        and valid_complaints + major_complaints = 0 cite "六、5"

    item standards "服务工作标准执行情况" out of 50 cite "六、2" {
        start at 50
        deduct 1 per issues_found
        missing => count as full assumed "未检查而有投诉的单位，本项按满分计"
    }
    item survey "客户满意度调查" out of 20 cite "六、3" {
        score by answer, answers averaged {
            很满意   => 20
            基本满意 => 16
            一般     => 12
            不太满意 => 8
            很不满意 => 4
        }
    }
    grade "等次" by total cite "六、1" {
        from 95   => 优秀
        from 90   => 合格
        otherwise => 不合格
    }

    guarantee total in 4..100
    guarantee total never rises with issues_found, valid_complaints, major_complaints
    guarantee every grade reachable

    example "一处问题，一起有效投诉" {
        given inspected = yes, issues_found = 1, survey_level = 基本满意, valid_complaints = 1, major_complaints = 0
        expect standards = 49, survey = 16, complaints = 24, total = 89, grade = 不合格
    }
}
"#;

const WELFARE_CHINESE: &str = r#"方案 welfare-service-502030 "客户满意度工作考评管理办法" {
    依据 《服务客户满意度工作考评管理办法》
    考核 unit "各单位" 每月
    满分100 条款 "五"

    选项 satisfaction "客户评价" 由优到劣 { 很满意, 基本满意, 一般, 不太满意, 很不满意 }

    输入 inspected "当月是否检查" : 是否
    输入 issues_found "检查发现的问题" : 次数, 仅当 inspected, 越低越好
    输入 answer 二选一 {
        survey_level "客户评价" : satisfaction
        survey_counts "各档人数" : 按 satisfaction 的 次数 = 0
    }
    输入 valid_complaints "有效服务投诉" : 次数, 越低越好
    输入 major_complaints "重大服务投诉" : 次数, 越低越好

    若 非 inspected 且 valid_complaints + major_complaints = 0
        则 不出具结果 not_inspected_and_no_complaint "不出具考评意见" 条款 "六、5"

    指标 standards "服务工作标准执行情况" 满分50 条款 "六、2" {
        起评50
        每 issues_found 扣1
        缺项 => 按满分计 推定 "未检查而有投诉的单位，本项按满分计"
    }
    指标 survey "客户满意度调查" 满分20 条款 "六、3" {
        按 answer 计分, 各答取平均 {
            很满意   为 20
            基本满意 为 16
            一般     为 12
            不太满意 为 8
            很不满意 为 4
        }
    }
    等级 "等次" 按 total 条款 "六、1" {
        不低于95 为 优秀
        不低于90 为 合格
        其余     为 不合格
    }

    保证 total 在 4..100
    保证 total 不随 issues_found, valid_complaints, major_complaints 升高
    保证 每个等级可达

    算例 "一处问题，一起有效投诉" {
        已知 inspected = 是, issues_found = 1, survey_level = 基本满意, valid_complaints = 1, major_complaints = 0
        应得 standards = 49, survey = 16, complaints = 24, total = 89, grade = 不合格
    }
}
"#;

#[test]
fn the_sample_in_both_languages() {
    for written in [WELFARE, WELFARE_ENGLISH, WELFARE_CHINESE] {
        assert_eq!(formatted(written, Keywords::English), WELFARE_ENGLISH);
        assert_eq!(formatted(written, Keywords::Chinese), WELFARE_CHINESE);
    }
}

#[test]
fn the_sample_as_an_input_method_types_it() {
    let typed = "\
方案 welfare-service-502030 “客户满意度工作考评管理办法” ｛
    考核 单位 代码 unit “各单位” 每月
    满分100分  条款 “五”
    输入 已检查 代码 inspected “当月是否检查” ： 是否
    输入 问题数 代码 issues_found “检查发现的问题” ： 次数，仅当 已检查，越低越好
    指标 服务标准 代码 standards 满分50分 条款 “六、2” ｛
        起评50分
        每 问题数 扣1分
        缺项 => 按满分计 推定 “未检查而有投诉的单位，本项按满分计”
    ｝
    若 非 已检查 且 有效投诉 ＋ 重大投诉 ＝ 0 则 不出具结果 not_inspected_and_no_complaint “不出具考评意见” 条款 “六、5”
    等级 “等次” 按 总分 ｛
        95分以上   为 优秀
        不低于90分 为 合格
        其余       为 不合格
    ｝
｝
";
    let expected = "\
方案 welfare-service-502030 \"客户满意度工作考评管理办法\" {
    考核 单位 代码 unit \"各单位\" 每月
    满分100分 条款 \"五\"
    输入 已检查 代码 inspected \"当月是否检查\" : 是否
    输入 问题数 代码 issues_found \"检查发现的问题\" : 次数, 仅当 已检查, 越低越好
    指标 服务标准 代码 standards 满分50分 条款 \"六、2\" {
        起评50分
        每 问题数 扣1分
        缺项 => 按满分计 推定 \"未检查而有投诉的单位，本项按满分计\"
    }
    若 非 已检查 且 有效投诉 + 重大投诉 = 0 则 不出具结果 not_inspected_and_no_complaint \"不出具考评意见\" 条款 \"六、5\"
    等级 \"等次\" 按 总分 {
        不低于95分 为 优秀
        不低于90分 为 合格
        其余       为 不合格
    }
}
";
    assert_eq!(formatted(typed, Keywords::Chinese), expected);
    assert_eq!(formatted(typed, Keywords::Keep), expected);
}
