//! Statements in both keyword languages, written by hand; each text must give the other.

mod grown;
mod layout;
mod sample;

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
    in_scheme(
        "total \"综合得分\" cite \"五\" {\n    deduct a\n}",
        "总分 \"综合得分\" 条款 \"五\" {\n    扣 a\n}",
    );
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
