//! Statements in both keyword languages, written by hand; each text must give the other.

use super::{Keywords, format, format_checked};
use crate::syntax::{first_difference, parse};
use crate::text::Limits;

#[track_caller]
fn formatted(text: &str, keywords: Keywords) -> String {
    let parsed = parse(text, &Limits::default());
    assert_eq!(parsed.diagnostics, [], "{text}");
    match format_checked(text, &Limits::default(), keywords) {
        Ok(formatted) => formatted,
        Err(error) => {
            let now = format(&parsed.tree, text, keywords);
            let again = parse(&now, &Limits::default());
            let found: Vec<_> = again
                .diagnostics
                .iter()
                .map(|found| &found.message.en)
                .collect();
            let at = first_difference(&parsed.tree, &again.tree).map(|at| at.first.of(text));
            panic!("{error:?}\n{text}\n{now}\n{found:?}\n{at:?}");
        }
    }
}

/// The lines of a block, four deeper.
fn indented(lines: &str, depth: usize) -> String {
    let indent = "    ".repeat(depth);
    let deeper = |line: &str| match line {
        "" => "\n".to_owned(),
        line => format!("{indent}{line}\n"),
    };
    lines.lines().map(deeper).collect()
}

/// Checks that lines in a block with these two heads turn into each other, and stay as they are.
#[track_caller]
fn pair(heads: [&str; 2], english: &str, chinese: &str) {
    let texts = [english, chinese].map(|lines| lines.trim_matches('\n'));
    let text = |of: usize| {
        let scheme = ["scheme t {", "方案 t {"][of];
        match heads[of] {
            "" => format!("{scheme}\n{}}}\n", indented(texts[of], 1)),
            head => format!(
                "{scheme}\n    {head} {{\n{}    }}\n}}\n",
                indented(texts[of], 2)
            ),
        }
    };
    for written in [text(0), text(1)] {
        assert_eq!(formatted(&written, Keywords::English), text(0));
        assert_eq!(formatted(&written, Keywords::Chinese), text(1));
        assert_eq!(formatted(&written, Keywords::Keep), written);
    }
}

#[track_caller]
fn in_scheme(english: &str, chinese: &str) {
    pair(["", ""], english, chinese);
}

#[track_caller]
fn in_item(english: &str, chinese: &str) {
    pair(["item x", "指标 x"], english, chinese);
}

#[track_caller]
fn in_group(english: &str, chinese: &str) {
    pair(["group g out of 100", "组 g 满分100"], english, chinese);
}

#[track_caller]
fn in_grade(english: &str, chinese: &str) {
    pair(["grade by total", "等级 按 total"], english, chinese);
}

/// Checks one text against its layout, in the language it is written in.
#[track_caller]
fn layout(written: &str, expected: &str) {
    assert_eq!(formatted(written, Keywords::Keep), expected);
}

#[test]
fn about_the_scheme() {
    in_scheme(
        "source 《客户满意度工作考评管理办法》",
        "依据 《客户满意度工作考评管理办法》",
    );
    in_scheme("effective from 2023-02-01", "自2023年2月1日起施行");
    in_scheme(
        "effective from 2023-02-01 until 2024-01-31",
        "自2023年2月1日起施行, 至2024年1月31日",
    );
    in_scheme(
        "assesses 单位 key unit \"各单位\" every month",
        "考核 单位 代码 unit \"各单位\" 每月",
    );
    in_scheme("assesses shop every half year", "考核 shop 每半年");
    in_scheme("out of 100 points cite \"五\"", "满分100分 条款 \"五\"");
    in_scheme(
        "choice level \"等次\" best first { 优秀, good \"良好\", \"不合格\" }",
        "选项 level \"等次\" 由优到劣 { 优秀, good \"良好\", \"不合格\" }",
    );
}

#[test]
fn inputs() {
    in_scheme(
        "input late \"迟到\" : count = 0",
        "输入 late \"迟到\" : 次数 = 0",
    );
    in_scheme(
        "input inspected : flag\ninput issues : count, optional, only when inspected, lower is better",
        "输入 inspected : 是否\n输入 issues : 次数, 可缺, 仅当 inspected, 越低越好",
    );
    in_scheme(
        "input done : count up to due",
        "输入 done : 次数 不高于 due",
    );
    in_scheme(
        "input a, b \"乙\" : points 0..100 = 5, step 0.5, several are averaged, higher is better",
        "输入 a, b \"乙\" : 分值 0..100 = 5, 步长0.5, 多个取平均, 越高越好",
    );
    in_scheme(
        "parameter limit : number 0.., optional",
        "参数 limit : 数值 0.., 可缺",
    );
    in_scheme("input a : number above 0", "输入 a : 数值 高于0");
    in_scheme(
        "input a : number above 0 below 10",
        "输入 a : 数值 高于0 低于10",
    );
    in_scheme("input a : number -5..5", "输入 a : 数值 -5..5");
    in_scheme(
        "input a : money 0..\ninput b : ratio\ninput c : text",
        "输入 a : 金额 0..\n输入 b : 比率\n输入 c : 文本",
    );
    in_scheme(
        "input xs : list of points 0..10",
        "输入 xs : 列表 分值 0..10",
    );
    in_scheme(
        "input counts : count per level = 0, lower is better",
        "输入 counts : 按 level 的 次数 = 0, 越低越好",
    );
    in_scheme(
        "input w : ratio per category summing to 1, optional",
        "输入 w : 按 category 的 比率 合计为1, 可缺",
    );
    in_scheme(
        "input n : count per { hotline \"热线\", hall } = 0",
        "输入 n : 按 { hotline \"热线\", hall } 的 次数 = 0",
    );
    in_scheme(
        "input answer either {\n    survey \"评价\" : level\n    counts : count per level = 0\n}",
        "输入 answer 二选一 {\n    survey \"评价\" : level\n    counts : 按 level 的 次数 = 0\n}",
    );
    in_scheme(
        "input limits \"时限\" {\n    seconds, minutes : number 0..\n}",
        "输入 limits \"时限\" {\n    seconds, minutes : 数值 0..\n}",
    );
}

#[test]
fn refusals_and_figures() {
    in_scheme(
        "refuse range replied \"答复多于收到\" when replied > received",
        "若 replied > received 则 拒收 range replied \"答复多于收到\"",
    );
    in_scheme(
        "no result none \"不出具\" when not inspected and a + b = 0 cite \"六、5\" says \"不出具\"",
        "若 非 inspected 且 a + b = 0 则 不出具结果 none \"不出具\" 条款 \"六、5\" 原文 \"不出具\"",
    );
    in_scheme(
        "let x \"甲\" = if a >= 1 or b then 2 else -c",
        "令 x \"甲\" = 若 a >= 1 或 b 则 2 否则 -c",
    );
    in_scheme("let x = (a + b) * 2 / 3 - 1", "令 x = (a + b) * 2 / 3 - 1");
    in_scheme(
        "let x = a / b otherwise no value",
        "令 x = a / b 无从计算则 无值",
    );
    in_scheme(
        "let x = given a and kind is one of 甲, \"乙 店\"",
        "令 x = 已填 a 且 kind 属于 甲, \"乙 店\"",
    );
    in_scheme(
        "let x = sum of xs + mean of (a, b, 3)",
        "令 x = 合计 xs + 平均 (a, b, 3)",
    );
    in_scheme(
        "let x = count of xs <> min of xs * max of xs",
        "令 x = 个数 xs <> 最小 xs * 最大 xs",
    );
    in_scheme(
        "let x = band of (a + b) = 优秀",
        "令 x = (a + b) 的 band = 优秀",
    );
    in_scheme("let x = band of a = yes", "令 x = a 的 band = 是");
    in_scheme(
        "let x = weight of a * part of b.c",
        "令 x = a 的 权重占比 * b.c 的 得分部分",
    );
    in_scheme(
        "let x = round half up a / 3 to 2 places",
        "令 x = 四舍五入 a / 3 保留2位小数",
    );
    in_scheme("let x = round up a to a whole number", "令 x = 进一 a 取整");
    in_scheme(
        "let x = round half even a to a multiple of 0.5",
        "令 x = 四舍六入五成双 a 取0.5的倍数",
    );
    in_scheme(
        "consequence fine \"罚款\" amount 2000 yuan to \"销售经理\" when low = 3 cite \"七\"",
        "若 low = 3 则 奖惩 fine \"罚款\" 金额 2000元 对象 \"销售经理\" 条款 \"七\"",
    );
    in_scheme("result total", "结果 total");
    in_scheme(
        "result actions = consequences that fired",
        "结果 actions = 已触发的奖惩",
    );
    in_scheme(
        "result P1 { cases, met = called = cases }",
        "结果 P1 { cases, met = called = cases }",
    );
}

#[test]
fn lines_of_an_item() {
    in_item(
        "start at 50 points\ndeduct 1 per issues",
        "起评50分\n每 issues 扣1",
    );
    in_item(
        "deduct 6 points per complaints beyond 2 at most 10 points cite \"六、4\" assumed \"按起\"",
        "每 complaints 扣6分 超过2 最多10分 条款 \"六、4\" 推定 \"按起\"",
    );
    in_item("add bonus\nadd 5 per awards", "加 bonus\n每 awards 加5");
    in_item("deduct 5 when late", "若 late 则 扣5");
    in_item("deduct 5 per a when late", "若 late 则 每 a 扣5");
    in_item("deduct 1 per full 10 of minutes", "每满10 minutes 扣1");
    in_item(
        "deduct 1 per started 10 of minutes",
        "每不足10 minutes 按一次 扣1",
    );
    in_item(
        "deduct 1 in proportion per 10 of minutes",
        "按比例 每10 minutes 扣1",
    );
    in_item(
        "deduct 1 per full step of minutes",
        "每满 step 的 minutes 扣1",
    );
    in_item("score inspection\nmultiply by 2", "得分 inspection\n乘以2");
    in_item("not below 0\nnot above cap", "最低0\n最高 cap");
    in_item("round half up to 2 places", "四舍五入 保留2位小数");
    in_item(
        "round down to a whole number\nround floor to a multiple of 5",
        "去尾 取整\n向下取整 取5的倍数",
    );
    in_item("may go below zero\nmay exceed", "可为负\n可超满分");
    in_item("applies when kind = 综合网点", "适用于 kind = 综合网点");
    in_item(
        "score by answer, answers averaged {\n    很满意 => 20\n    一般   => 12\n}",
        "按 answer 计分, 各答取平均 {\n    很满意 为 20\n    一般   为 12\n}",
    );
    in_item(
        "score by rate between points { 80% => 60, 90% => 80 } hold the ends",
        "按 rate 计分 插值 { 80% 为 60, 90% 为 80 } 两端取平",
    );
}

#[test]
fn groups() {
    in_group(
        "40% of mystery\n60% of onsite",
        "mystery 占40%\nonsite 占60%",
    );
    in_group(
        "missing        => weigh the rest equally\nall missing    => no result none \"未覆盖\" assumed \"未写\"\nfewer than 2   => no value\na, b.c missing => weights { d 50%, e 50% }",
        "缺项        => 其余各项权重均等\n全部缺项    => 不出具结果 none \"未覆盖\" 推定 \"未写\"\n少于2项     => 无值\na, b.c 缺项 => 权重 { d 50%, e 50% }",
    );
    for (english, chinese) in [
        ("share the missing weight equally", "缺项权重均摊"),
        (
            "share the missing weight in proportion",
            "缺项权重按比例分摊",
        ),
        ("give its weight to a", "权重并入 a"),
        ("count as zero", "按零分计"),
        ("count as full", "按满分计"),
        ("count as 60", "按 60 计"),
    ] {
        in_group(
            &format!("missing => {english}"),
            &format!("缺项 => {chinese}"),
        );
    }
    in_group("covers 60 of 100 \"文本残缺\"", "涵盖60 共100 \"文本残缺\"");
    in_group(
        "item x \"甲\" out of 20 {\n    start at 20\n}",
        "指标 x \"甲\" 满分20 {\n    起评20\n}",
    );
    in_scheme("total {\n    deduct a\n}", "总分 {\n    扣 a\n}");
}

#[test]
fn tables_and_grades() {
    in_grade(
        "from 95   => 优秀\nabove 90  => 良好\nfrom pass => 合格\notherwise => 不合格",
        "不低于95    为 优秀\n高于90      为 良好\n不低于 pass 为 合格\n其余        为 不合格",
    );
    in_grade(
        "up to 5 => a\nbelow 9 => b\n9..10   => c\nx, y    => d\nmissing => e",
        "不高于5 为 a\n低于9   为 b\n9..10   为 c\nx, y    为 d\n缺项    为 e",
    );
    in_grade(
        "otherwise => 不合格\nwhen a >= 1 => no better than 合格 \"一票否决\"\nwhen b => one step lower\nwhen c => 不合格",
        "其余 为 不合格\n若 a >= 1 则 最高评为 合格 \"一票否决\"\n若 b 则 降一档\n若 c 则 评为 不合格",
    );
    in_scheme(
        "table band by score read from the lower end { 9..10 => 好, 7..8 => 中 }",
        "对照表 band 按 score 按下限归档 { 9..10 为 好, 7..8 为 中 }",
    );
    in_scheme(
        "grade \"等次\" by total using band",
        "等级 \"等次\" 按 total 套用 band",
    );
    in_scheme(
        "table rate between points cite \"三\" { 1 => 2 } continue",
        "对照表 rate 插值 条款 \"三\" { 1 为 2 } 两端延伸",
    );
}

#[test]
fn claims_and_examples() {
    in_scheme("guarantee total in 4..100", "保证 total 在 4..100");
    in_scheme(
        "guarantee total never rises with a, b.c",
        "保证 total 不随 a, b.c 升高",
    );
    in_scheme(
        "guarantee total never falls with a",
        "保证 total 不随 a 降低",
    );
    in_scheme(
        "guarantee total never gains by missing a, b",
        "保证 total 不因 缺项 a, b 得益",
    );
    in_scheme("guarantee every grade reachable", "保证 每个等级可达");
    in_scheme(
        "guarantee a > 1 implies total < 5",
        "保证 若 a > 1 则必 total < 5",
    );
    in_scheme("guarantee total >= 0", "保证 total >= 0");
    in_scheme(
        "example \"一处\" {\n    given a = yes, b = { x 3, y 1 }, c = [2, 3.5], d.e = 2_000\n    expect total = 52/3, grade = 不合格\n}",
        "算例 \"一处\" {\n    已知 a = 是, b = { x 3, y 1 }, c = [2, 3.5], d.e = 2_000\n    应得 total = 52/3, grade = 不合格\n}",
    );
    in_scheme(
        "example {\n    expect no result none\n    expect refused range a.b\n}",
        "算例 {\n    应得 不出具结果 none\n    应得 拒收 range a.b\n}",
    );
}

#[test]
fn comments_keep_their_places() {
    layout(
        "\
#before the file

##  second
scheme t { # behind the brace

  # own line


  # after a blank
  out of 100   # beside
  item x out of 100 { # on the head
    start at 100 # beside a line
    # last in the block
  }
  # between

  choice c { # on the choice
    a, # beside a
    # before b
    b
    # last option
  }
  grade by total {
    from 90 => a # beside a row
    # a comment parts the rows
    otherwise => b
  }
  # last in the scheme
}
# after the file

# the end",
        "\
# before the file

# second
# behind the brace
scheme t {
    # own line

    # after a blank
    out of 100  # beside
    item x out of 100 {  # on the head
        start at 100  # beside a line
        # last in the block
    }
    # between

    choice c {  # on the choice
        a  # beside a
        # before b
        b
        # last option
    }
    grade by total {
        from 90 => a  # beside a row
        # a comment parts the rows
        otherwise => b
    }
    # last in the scheme
}
# after the file

# the end
",
    );
}

#[test]
fn comments_within_a_statement_come_before_it() {
    layout(
        "scheme t {\nlet x = a + # first\n  b # second\nitem y { # head\nstart at 5\n} # behind\nresult z { a, # of a\n b }\n}",
        "\
scheme t {
    # first
    let x = a + b  # second
    item y {  # head
        start at 5
        # behind
    }
    # of a
    result z {
        a
        b
    }
}
",
    );
}

#[test]
fn blank_lines_stay_but_not_many_and_not_at_braces() {
    layout(
        "scheme t {\n\n\nout of 10\n\n\n\nitem x {\n\nstart at 10\n\n}\nresult total\n\n}\n\n",
        "scheme t {\n    out of 10\n\n    item x {\n        start at 10\n    }\n    result total\n}\n",
    );
}

#[test]
fn signs_of_an_input_method_become_plain_outside_quotes() {
    layout(
        "方案 t “甲，乙” ｛\n输入 a “甲：” ： 次数，可缺；输入 b ： 数值 ０．．１００\n令 x ＝ （a ＋ b） × ２ ÷ ３\n依据 《考评（试行）》\n选项 c ｛ 一，二、三 ｝\n令 y ＝ a ≥ １ 且 b ≠ ２ # 注，释\n｝\n",
        "\
方案 t \"甲，乙\" {
    输入 a \"甲：\" : 次数, 可缺
    输入 b : 数值 0..100
    令 x = (a + b) * 2 / 3
    依据 《考评（试行）》
    选项 c { 一, 二, 三 }
    令 y = a >= 1 且 b <> 2  # 注，释
}
",
    );
}

#[test]
fn quotes_are_ones_that_the_text_does_not_contain() {
    layout(
        "scheme t {\nitem a “甲” { start at 1 }\nitem b 「含\"引号\"」 { start at 1 }\nitem c “含\"和」” { start at 1 }\n}",
        "\
scheme t {
    item a \"甲\" {
        start at 1
    }
    item b 「含\"引号\"」 {
        start at 1
    }
    item c “含\"和」” {
        start at 1
    }
}
",
    );
}

#[test]
fn each_statement_keeps_its_language() {
    layout(
        "方案 t {\ninput a : count\n输入 b : count\n等级 by total { 95分以上 => 优\nfrom 90 为 良\n其余 => 差 }\ngroup g out of 100 { 40% of a\nb 占 60%\na 缺项 => count as zero }\n}",
        "\
方案 t {
    input a : count
    输入 b : 次数
    等级 按 total {
        不低于95分 为 优
        不低于90   为 良
        其余       为 差
    }
    group g out of 100 {
        40% of a
        b 占60%
        a 缺项 => 按零分计
    }
}
",
    );
}

#[test]
fn long_lines_go_on_four_deeper() {
    layout(
        "scheme t {\ninput customer_feedback, skill_training, work_skill, teamwork, attitude, punctuality, complaint_feedback : points 0..100\nresult conflict \"等级与总体评价相抵触\" = (satisfied and grade = 不合格) or (unsatisfied and grade is one of 优良, 合格)\nno result not_inspected_and_no_complaint \"不出具考评意见\" when not inspected and valid_complaints + major_complaints = 0 cite \"六、5\"\n}",
        "\
scheme t {
    input customer_feedback, skill_training, work_skill, teamwork, attitude, punctuality,
        complaint_feedback : points 0..100
    result conflict \"等级与总体评价相抵触\" = (satisfied and grade = 不合格)
        or (unsatisfied and grade is one of 优良, 合格)
    no result not_inspected_and_no_complaint \"不出具考评意见\" when not inspected
        and valid_complaints + major_complaints = 0 cite \"六、5\"
}
",
    );
}

#[test]
fn short_lists_stay_on_the_line_they_were_written_on() {
    layout(
        "scheme t {\nchoice a {x, y}\nchoice b {\nx, y}\nchoice long { aaaaaaaaaaaaaaaaaaaaaaaaa, bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb, cccccccccccccccccccccccccccccccc }\ngrade by total { from 9 => x; otherwise => y }\n}",
        "\
scheme t {
    choice a { x, y }
    choice b {
        x
        y
    }
    choice long {
        aaaaaaaaaaaaaaaaaaaaaaaaa
        bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb
        cccccccccccccccccccccccccccccccc
    }
    grade by total { from 9 => x, otherwise => y }
}
",
    );
}

#[test]
fn what_cannot_be_read_stays_as_it_stands() {
    let text = "scheme t {\nout  of 100\ndeduct   5 if late # 一\n  item x  {\n start at\n   5 5\nstart  at 5 }\n}\n";
    let formatted = format_checked(text, &Limits::default(), Keywords::Chinese);
    let formatted = formatted.expect("holes stay");
    assert!(
        formatted.starts_with("方案 t {\n    满分100\n    deduct   5 if late  # 一\n"),
        "{formatted}"
    );
}

#[test]
fn a_text_with_a_lost_brace_is_left_alone() {
    for text in [
        "scheme t {\n    item x {\n        start at 5\n    grade by x {\n        otherwise => a\n    }\n}\n",
        "",
        "item x { start at 5 }\n",
        "scheme t {\n}\n}\n",
    ] {
        let result = format_checked(text, &Limits::default(), Keywords::Keep);
        assert!(
            matches!(result, Err(super::FormatError::Unreadable(_))),
            "{text}\n{result:?}"
        );
    }
}

#[test]
fn line_ends_of_other_systems_become_plain() {
    layout(
        "scheme t {\r\n\r\nout of 5 # a\r\n\r\n}\r\n# b\r\n",
        "scheme t {\n    out of 5  # a\n}\n# b\n",
    );
}

#[test]
fn a_character_less_never_loses_anything() {
    let limits = Limits::default();
    for (at, character) in WELFARE.char_indices().step_by(61) {
        let mut text = WELFARE.to_owned();
        text.replace_range(at..at + character.len_utf8(), "");
        for keywords in [Keywords::Keep, Keywords::Chinese] {
            match format_checked(&text, &limits, keywords) {
                Ok(_) | Err(super::FormatError::Unreadable(_)) => {}
                Err(error) => panic!("without {character:?} at {at}: {error:?}"),
            }
        }
    }
}

#[test]
fn hostile_texts_are_answered_in_time() {
    let mebibyte = |part: &str| part.repeat((1 << 20) / part.len());
    for body in ["(", "{", "「", "#", "a ", "1+", "# a\n", ";", "\n", "}"] {
        let text = format!("scheme t {{\n{}", mebibyte(body));
        let begun = std::time::Instant::now();
        let _ = format_checked(&text, &Limits::default(), Keywords::Chinese);
        assert!(
            begun.elapsed().as_secs() < 10,
            "{body:?} {:?}",
            begun.elapsed()
        );
    }
}

#[test]
fn deep_and_long_expressions_do_not_recurse() {
    let sum = format!("scheme t {{\nlet x = 1{}\n}}\n", " + 1".repeat(1_500));
    formatted(&sum, Keywords::Chinese);
    let list = format!(
        "scheme t {{\ninput {} : count\n}}\n",
        (0..1_500)
            .map(|n| format!("a{n}"))
            .collect::<Vec<_>>()
            .join(", ")
    );
    formatted(&list, Keywords::Chinese);
}

/// The sample of the language reference, with its figures under each other.
const WELFARE: &str = r#"scheme welfare-service-502030 "客户满意度工作考评管理办法" {
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
        given inspected = yes, issues_found = 1, survey_level = 基本满意, valid_complaints = 1,
            major_complaints = 0
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
        已知 inspected = 是, issues_found = 1, survey_level = 基本满意, valid_complaints = 1,
            major_complaints = 0
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
    若 非 已检查 且 有效投诉 + 重大投诉 = 0
        则 不出具结果 not_inspected_and_no_complaint \"不出具考评意见\" 条款 \"六、5\"
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
