//! Every construct in both keyword languages: the text, and the tree that the reference gives it.
//! Expected trees are written by hand in the notation of `show`.

use super::{clean, show};

/// Each text, alone in a scheme, gives this statement.
fn statements(expected: &str, texts: &[&str]) {
    for text in texts {
        let parsed = clean(&format!("scheme s {{\n{text}\n}}\n"));
        assert_eq!(show::first(&parsed.tree), expected, "{text}");
    }
}

/// Each text, alone in an item, gives this line.
fn lines(expected: &str, texts: &[&str]) {
    for text in texts {
        let parsed = clean(&format!(
            "scheme s {{\nitem a out of 10 {{\n{text}\n}}\n}}\n"
        ));
        assert_eq!(show::inner(&parsed.tree), expected, "{text}");
    }
}

/// Each text, alone in a group, gives this line.
fn members(expected: &str, texts: &[&str]) {
    for text in texts {
        let parsed = clean(&format!("scheme s {{\ngroup g {{\n{text}\n}}\n}}\n"));
        assert_eq!(show::inner(&parsed.tree), expected, "{text}");
    }
}

/// Each text, alone in a grade, gives this row.
fn rows(expected: &str, texts: &[&str]) {
    for text in texts {
        let parsed = clean(&format!("scheme s {{\ngrade by total {{\n{text}\n}}\n}}\n"));
        assert_eq!(show::inner(&parsed.tree), expected, "{text}");
    }
}

/// Each expression gives this tree.
fn exprs(expected: &str, texts: &[&str]) {
    for text in texts {
        let parsed = clean(&format!("scheme s {{\nlet x = {text}\n}}\n"));
        assert_eq!(
            show::first(&parsed.tree),
            format!("let x = {expected}"),
            "{text}"
        );
    }
}

#[test]
fn about_the_scheme() {
    statements("source 《办法》", &["source 《办法》", "依据 《办法》"]);
    statements(
        "source '办法'",
        &["source \"办法\"", "依据 「办法」", "依据 ”办法“"],
    );
    statements(
        "effective 2023-02-01..2024-01-31",
        &[
            "effective from 2023-02-01 until 2024-01-31",
            "自 2023年2月1日 起施行，至 2024年1月31日",
            "自2023年2月1日起施行，至2024年1月31日",
        ],
    );
    statements(
        "effective 2012-01-01",
        &["effective from 2012-01-01", "自２０１２年１月１日起施行"],
    );
    statements(
        "assesses unit '各单位' Some(Month)",
        &[
            "assesses unit \"各单位\" every month",
            "考核 unit “各单位” 每月",
        ],
    );
    statements(
        "assesses 单位@unit Some(Quarter)",
        &[
            "assesses 单位 key unit every quarter",
            "考核 单位 代码 unit 每季度",
        ],
    );
    statements(
        "assesses u Some(HalfYear)",
        &["assesses u every half year", "考核 u 每半年"],
    );
    statements(
        "assesses u Some(Year)",
        &["assesses u every year", "考核 u 每年"],
    );
    statements("assesses u None", &["assesses u", "考核 u"]);
    statements(
        "out-of 100 cite(五)",
        &[
            "out of 100 cite \"五\"",
            "满分100 条款 “五”",
            "满分 100 条款 「五」",
        ],
    );
    statements(
        "out-of 100Points",
        &[
            "out of 100 points",
            "满分100分",
            "满分 100 分",
            "满分１００分",
        ],
    );
    statements(
        "choice level '等次' best-first [优秀, good '良好', - '不 合格']",
        &[
            "choice level \"等次\" best first { 优秀, good \"良好\", \"不 合格\" }",
            "选项 level “等次” 由优到劣 ｛ 优秀、good “良好”、“不 合格” ｝",
            "choice level \"等次\" best first {\n  优秀\n  good \"良好\"\n  \"不 合格\"\n}",
        ],
    );
    statements(
        "choice c [a, b]",
        &["choice c { a, b }", "选项 c ｛ a； b ｝"],
    );
}

#[test]
fn inputs() {
    let same = |expected: &str, en: &str, zh: &str| {
        statements(
            &format!("input x : {expected}"),
            &[&format!("input x : {en}"), &format!("输入 x ： {zh}")],
        );
    };
    same("Count", "count", "次数");
    same("Number", "number", "数值");
    same("Points", "points", "分值");
    same("Ratio", "ratio", "比率");
    same("Money", "money", "金额");
    same("Flag", "flag", "是否");
    same("Text", "text", "文本");
    same("level", "level", "level");
    same(
        "Count ..tasks_due",
        "count up to tasks_due",
        "次数 不高于 tasks_due",
    );
    same(
        "Count ..tasks_due",
        "count ..tasks_due",
        "次数 至多 tasks_due",
    );
    same("Number >0..", "number above 0", "数值 高于0");
    same("Number ..<10", "number below 10", "数值 低于10");
    same(
        "Points 0..100 optional",
        "points 0..100, optional",
        "分值 0～100，可缺",
    );
    same(
        "Points 0.. optional",
        "points 0.., optional",
        "分值 0..，可缺",
    );
    same("Number 0..full", "number 0..full", "数值 0..full");
    same("Number (Minus 5)..5", "number -5..5", "数值 －5～5");
    same(
        "Points 0..10 step 0.5",
        "points 0..10, step 0.5",
        "分值 0..10，步长0.5",
    );
    same(
        "Count only when (a and b) Lower",
        "count, only when a and b, lower is better",
        "次数，仅当 a 且 b，越低越好",
    );
    same(
        "Count optional only when (k one of A B)",
        "count, only when k is one of A, B, optional",
        "次数，仅当 k 属于 A、B，可缺",
    );
    same(
        "Points 1..10 averaged Higher",
        "points 1..10, several are averaged, higher is better",
        "分值 1..10，多个取平均，越高越好",
    );
    same(
        "list of Points 0..10",
        "list of points 0..10",
        "列表 分值 0..10",
    );
    same(
        "list of Points default list[]",
        "list of points = []",
        "列表 分值 = ［］",
    );
    same(
        "Count per satisfaction default 0",
        "count per satisfaction = 0",
        "按 satisfaction 的 次数 ＝ 0",
    );
    same(
        "Ratio per category summing 1 optional",
        "ratio per category summing to 1, optional",
        "按 category 的 比率，合计为1，可缺",
    );
    same(
        "Count per [a '甲', b '乙']",
        "count per { a \"甲\", b \"乙\" }",
        "按 { a “甲”、b “乙” } 的 次数",
    );
    same("Money 0..5000Yuan", "money 0..5000 yuan", "金额 0..5000元");
    statements(
        "input a '甲', 乙@b : Count",
        &[
            "input a \"甲\", 乙 key b : count",
            "输入 a “甲”、乙 代码 b ： 次数",
        ],
    );
    statements(
        "parameter limit : Number 0..",
        &["parameter limit : number 0..", "参数 limit ： 数值 0.."],
    );
    statements(
        "input limits group\n  input hotline : Number 0..\n  input a, b : Count",
        &[
            "input limits {\n hotline : number 0..\n a, b : count\n}",
            "输入 limits ｛ hotline ： 数值 0..； a、b ： 次数 ｝",
        ],
    );
    statements(
        "input answer '回答' either\n  input a : Flag\n  input b : Count",
        &[
            "input answer \"回答\" either { a : flag; b : count }",
            "输入 answer “回答” 二选一 ｛\n a ： 是否\n b ： 次数\n｝",
        ],
    );
}

#[test]
fn refusals_and_figures() {
    statements(
        "refuse range replied when (replied > received) cite(三)",
        &[
            "refuse range replied when replied > received cite \"三\"",
            "若 replied ＞ received 则 拒收 range replied 条款 “三”",
        ],
    );
    statements(
        "refuse missing limits.hotline 'x' when yes",
        &["refuse missing limits.hotline \"x\" when yes"],
    );
    statements(
        "no-result none '没有' when (n = 0)",
        &[
            "no result none \"没有\" when n = 0",
            "若 n ＝ 0 则 不出具结果 none “没有”",
        ],
    );
    statements(
        "let raw 'r' = (a + b)",
        &["let raw \"r\" = a + b", "令 raw “r” ＝ a ＋ b"],
    );
    statements(
        "consequence fine '罚' amount 2000Yuan to '经理' when (low = 3)",
        &[
            "consequence fine \"罚\" amount 2000 yuan to \"经理\" when low = 3",
            "若 low ＝ 3 则 奖惩 fine “罚” 金额2000元 对象 “经理”",
            "奖惩 fine “罚” 金额 2000 元 对象 “经理” 当 low = 3",
        ],
    );
    statements(
        "consequence warn when low",
        &["consequence warn when low", "若 low 则 奖惩 warn"],
    );
    statements(
        "result inspection",
        &["result inspection", "结果 inspection"],
    );
    statements(
        "result rate = ((a / b) otherwise no-value)",
        &[
            "result rate = a / b otherwise no value",
            "结果 rate ＝ a ÷ b 无从计算则 无值",
        ],
    );
    statements(
        "result P1 {cases; met = (called = cases)}",
        &[
            "result P1 { cases, met = called = cases }",
            "结果 P1 ｛ cases、met ＝ called ＝ cases ｝",
        ],
    );
}

#[test]
fn lines_of_an_item() {
    lines("start 50", &["start at 50", "起评50", "起评 50"]);
    lines("Add 5", &["add 5", "加5"]);
    lines("Deduct a.b", &["deduct a.b", "扣 a.b"]);
    lines(
        "Deduct 6 per each x",
        &["deduct 6 per x", "每 x 扣6", "每 x 扣 6"],
    );
    lines(
        "Deduct 6Points per each x beyond 2 at most 10Points",
        &[
            "deduct 6 points per x beyond 2 at most 10 points",
            "每 x 扣 6分 超过 2 最多 10分",
            "每 x 扣6分，超过2，最多10分",
        ],
    );
    lines(
        "Deduct 1Points per full 10 x",
        &[
            "deduct 1 points per full 10 of x",
            "每满 10 x 扣 1分",
            "每满10 x 扣1分",
        ],
    );
    lines(
        "Deduct 1Points per started 10 x",
        &[
            "deduct 1 points per started 10 of x",
            "每不足 10 x 按一次 扣 1分",
        ],
    );
    lines(
        "Deduct 1Points per in proportion 10 x",
        &[
            "deduct 1 points in proportion per 10 of x",
            "按比例 每 10 x 扣 1分",
        ],
    );
    lines("Deduct 5 per each full", &["deduct 5 per full"]);
    lines(
        "Deduct 5Points when late",
        &[
            "deduct 5 points when late",
            "若 late 则 扣 5分",
            "扣5分 当 late",
        ],
    );
    lines(
        "Deduct 6 per each x when late",
        &["deduct 6 per x when late", "若 late 则 每 x 扣6"],
    );
    lines("score inspection", &["score inspection", "得分 inspection"]);
    lines(
        "score by answer averaged\n  a => 20\n  'b c' => 10Points",
        &[
            "score by answer, answers averaged { a => 20, \"b c\" => 10 points }",
            "按 answer 计分，各答取平均 ｛ a 为 20、“b c” 为 10分 ｝",
            "按 answer 计分，各答取平均 ｛\n a 为20\n “b c” 为10分\n ｝",
        ],
    );
    lines(
        "score by x points Hold\n  80% => 60\n  90% => 80",
        &[
            "score by x between points { 80% => 60, 90% => 80 } hold the ends",
            "按 x 计分 插值 ｛ 80％ 为 60，90％ 为 80 ｝ 两端取平",
        ],
    );
    lines(
        "score by x points Continue\n  1 => 2",
        &["score by x between points { 1 => 2 } continue"],
    );
    lines("multiply 2", &["multiply by 2", "乘以 2", "乘以2"]);
    lines(
        "not below 0 cite(扣完为止)",
        &["not below 0 cite \"扣完为止\"", "最低0 条款 “扣完为止”"],
    );
    lines("not above 100", &["not above 100", "最高100"]);
    lines("may go below zero", &["may go below zero", "可为负"]);
    lines("may exceed", &["may exceed", "可超满分"]);
    lines(
        "applies (kind = hall)",
        &["applies when kind = hall", "适用于 kind ＝ hall"],
    );
}

#[test]
fn roundings() {
    for (en, zh, mode) in [
        ("half up", "四舍五入", "HalfUp"),
        ("half even", "四舍六入五成双", "HalfEven"),
        ("half down", "五舍六入", "HalfDown"),
        ("up", "进一", "Up"),
        ("down", "去尾", "Down"),
        ("ceiling", "向上取整", "Ceiling"),
        ("floor", "向下取整", "Floor"),
    ] {
        lines(
            &format!("round {mode} 2 places"),
            &[
                &format!("round {en} to 2 places"),
                &format!("{zh} 保留 2 位小数"),
                &format!("{zh} 保留2位小数"),
            ],
        );
        lines(
            &format!("round {mode} whole"),
            &[
                &format!("round {en} to a whole number"),
                &format!("{zh} 取整"),
            ],
        );
        lines(
            &format!("round {mode} multiple 0.5"),
            &[
                &format!("round {en} to a multiple of 0.5"),
                &format!("{zh} 取 0.5 的倍数"),
            ],
        );
        exprs(
            &format!("(round {mode} 1 places (a / b))"),
            &[
                &format!("round {en} a / b to 1 place"),
                &format!("{zh} a ／ b 保留 1 位小数"),
            ],
        );
    }
}

#[test]
fn groups() {
    members(
        "weight 40% mystery",
        &["40% of mystery", "mystery 占 40%", "mystery 占40％"],
    );
    members(
        "covers 60 of 100 '残缺'",
        &["covers 60 of 100 \"残缺\"", "涵盖60 共100 “残缺”"],
    );
    members(
        "missing any => WeighEqually",
        &[
            "missing => weigh the rest equally",
            "缺项 => 其余各项权重均等",
            "缺项 为 其余各项权重均等",
        ],
    );
    members(
        "missing any => ShareEqually",
        &[
            "missing => share the missing weight equally",
            "缺项 => 缺项权重均摊",
        ],
    );
    members(
        "missing any => ShareInProportion",
        &[
            "missing => share the missing weight in proportion",
            "缺项 => 缺项权重按比例分摊",
        ],
    );
    members(
        "missing a => give to b",
        &["a missing => give its weight to b", "a 缺项 => 权重并入 b"],
    );
    members(
        "missing a x.y => b 50%, c 50%",
        &[
            "a, x.y missing => weights { b 50%, c 50% }",
            "a、x.y 缺项 => 权重 ｛ b 50％、c 50％ ｝",
        ],
    );
    members(
        "missing any => CountAsZero",
        &["missing => count as zero", "缺项 => 按零分计"],
    );
    members(
        "missing any => CountAsFull assumed(满分)",
        &[
            "missing => count as full assumed \"满分\"",
            "缺项 => 按满分计 推定 “满分”",
        ],
    );
    members(
        "missing any => count as 60",
        &[
            "missing => count as 60",
            "缺项 => 按60计",
            "缺项 => 按 60 计",
        ],
    );
    members(
        "missing any => NoValue",
        &["missing => no value", "缺项 => 无值"],
    );
    members(
        "missing all => no-result none '均未覆盖'",
        &[
            "all missing => no result none \"均未覆盖\"",
            "全部缺项 => 不出具结果 none “均未覆盖”",
        ],
    );
    members(
        "missing fewer than 2 => no-result few",
        &[
            "fewer than 2 => no result few",
            "少于2项 => 不出具结果 few",
            "少于 2 项 => 不出具结果 few",
        ],
    );
    members("missing score => NoValue", &["score missing => no value"]);
    statements(
        "group g 'G' out-of 40 cite(一)\n  item a out-of 20\n    start 1\n  item b out-of 20",
        &[
            "group g \"G\" out of 40 cite \"一\" {\n item a out of 20 { start at 1 }\n item b out of 20 {}\n}",
            "组 g “G” 满分40 条款 “一” ｛\n 指标 a 满分20 ｛ 起评1 ｝\n 指标 b 满分20 ｛｝\n｝",
        ],
    );
    statements(
        "total\n  Deduct complaints\n  may go below zero assumed(无下限)",
        &[
            "total {\n deduct complaints\n may go below zero assumed \"无下限\"\n}",
            "总分 ｛\n 扣 complaints\n 可为负 推定 “无下限”\n｝",
        ],
    );
    statements(
        "total '综合得分' cite(五)",
        &[
            "total \"综合得分\" cite \"五\" {}",
            "总分 “综合得分” 条款 “五” ｛ ｝",
        ],
    );
}

#[test]
fn rows_and_grades() {
    rows(
        "from 95 => 优秀",
        &[
            "from 95 => 优秀",
            "不低于95 为 优秀",
            "95以上 为 优秀",
            "95 以上 => 优秀",
            "达到95 为 优秀",
        ],
    );
    rows(
        "from 95Points => 优秀 cite(一)",
        &[
            "from 95 points => 优秀 cite \"一\"",
            "95分以上 为 优秀 条款 “一”",
            "不低于95分 为 优秀 条款 “一”",
        ],
    );
    rows("above 95 => a", &["above 95 => a", "高于95 为 a"]);
    rows(
        "up-to 60Points => a",
        &["up to 60 points => a", "60分以下 为 a", "不高于60分 为 a"],
    );
    rows(
        "below 60Points => a",
        &[
            "below 60 points => a",
            "低于60分 为 a",
            "不满60分 为 a",
            "不足60分 为 a",
        ],
    );
    rows("9..10 => a", &["9..10 => a", "9～10 为 a"]);
    rows("A|B => 'x y'", &["A, B => \"x y\"", "A、B 为 “x y”"]);
    rows("otherwise => a", &["otherwise => a", "其余 为 a"]);
    rows(
        "missing => no-value",
        &["missing => no value", "缺项 为 无值"],
    );
    rows(
        "when (m >= 1) => no better than 合格 '一票否决'",
        &[
            "when m >= 1 => no better than 合格 \"一票否决\"",
            "若 m ≥ 1 则 最高评为 合格 “一票否决”",
        ],
    );
    rows(
        "when late => one step lower",
        &["when late => one step lower", "若 late 则 降一档"],
    );
    rows(
        "when late => 不合格",
        &[
            "when late => 不合格",
            "若 late 则 评为 不合格",
            "若 late 则 不合格",
        ],
    );
    rows(
        "A|B => 1\nC => 2\notherwise => 3",
        &[
            "A, B => 1, C => 2, otherwise => 3",
            "A, B => 1\nC => 2; otherwise => 3",
        ],
    );
    statements(
        "table band '档' by score FromLowerEnd\n  9..10 => 好",
        &[
            "table band \"档\" by score read from the lower end { 9..10 => 好 }",
            "对照表 band “档” 按 score 按下限归档 ｛ 9～10 为 好 ｝",
        ],
    );
    statements(
        "table band RoundedFirst\n  8 => 好",
        &[
            "table band rounded first { 8 => 好 }",
            "对照表 band 先四舍五入 ｛ 8 为 好 ｝",
        ],
    );
    statements(
        "grade - by total using band",
        &["grade by total using band", "等级 按 total 套用 band"],
    );
    statements(
        "grade level '等次' by (total * 2) using band\n  when a => one step lower",
        &[
            "grade level \"等次\" by total * 2 using band { when a => one step lower }",
            "等级 level “等次” 按 total × 2 套用 band ｛ 若 a 则 降一档 ｝",
        ],
    );
}

#[test]
fn expressions() {
    exprs(
        "(a or (b and (Not (c = (1 + (2 * (Minus 3)))))))",
        &[
            "a or b and not c = 1 + 2 * -3",
            "a 或 b 且 非 c ＝ 1 ＋ 2 × －3",
        ],
    );
    exprs("((a - b) - c)", &["a - b - c", "a － b − c"]);
    exprs("((a / b) / c)", &["a / b / c", "a ÷ b ／ c"]);
    exprs("([(a + b)] * c)", &["(a + b) * c", "（a ＋ b）× c"]);
    exprs(
        "((a < b) and (c >= d))",
        &["a < b and c >= d", "a ＜ b 且 c ≥ d", "a < b and c ＞＝ d"],
    );
    exprs(
        "((a <> b) or (c <= d))",
        &["a <> b or c <= d", "a ≠ b 或 c ≤ d"],
    );
    exprs(
        "(if c then a else (b + 1))",
        &["if c then a else b + 1", "若 c 则 a 否则 b ＋ 1"],
    );
    exprs(
        "(if c then ((a / b) otherwise 0) else 1)",
        &[
            "if c then a / b otherwise 0 else 1",
            "若 c 则 a ／ b 无从计算则 0 否则 1",
        ],
    );
    exprs(
        "(if a then 1 else (if b then 2))",
        &["if a then 1 else if b then 2"],
    );
    exprs(
        "((given a.b) and (x one of A 'B' C))",
        &[
            "given a.b and x is one of A, \"B\", C",
            "已填 a.b 且 x 属于 A、“B”、C",
        ],
    );
    exprs(
        "((x one of A B) and yes)",
        &["x is one of A, B and yes", "x 属于 A、B 且 是"],
    );
    exprs(
        "(Sum xs)",
        &["sum of xs", "sum(xs)", "合计 xs", "合计(xs)", "xs 的 合计"],
    );
    exprs(
        "(Mean a (b + 1))",
        &["mean of (a, b + 1)", "mean(a, b + 1)", "平均（a，b ＋ 1）"],
    );
    exprs("(Count xs)", &["count of xs", "xs 的 个数"]);
    exprs(
        "((Min xs) + (Max ys))",
        &[
            "min of xs + max of ys",
            "最小 xs ＋ 最大 ys",
            "xs 的 最小 + ys 的 最大",
        ],
    );
    exprs(
        "(weight x)",
        &["weight of x", "权重占比 x", "x 的 权重占比"],
    );
    exprs(
        "(part a.b)",
        &["part of a.b", "得分部分 a.b", "a.b 的 得分部分"],
    );
    exprs(
        "((band of score) = 好)",
        &["band of score = 好", "score 的 band ＝ 好"],
    );
    exprs("(band of (Mean xs))", &["band of mean of xs"]);
    exprs("(band of [(a + b)])", &["band of (a + b)"]);
    exprs("fired", &["consequences that fired", "已触发的奖惩"]);
    exprs("list[2 3.5]", &["[2, 3.5]", "［2，3.5］"]);
    exprs(
        "map[很满意 3, 一般 (1 + 1)]",
        &["{ 很满意 3, 一般 1 + 1 }", "｛ 很满意 3、一般 1 + 1 ｝"],
    );
    exprs("(1_000.5 + 40%)", &["1_000.5 + 40%", "1_000．5 ＋ 40 ％"]);
    exprs(
        "(2000Yuan + (3Times * 5Points))",
        &["2000 yuan + 3 times * 5 points", "2000元 ＋ 3次 × 5分"],
    );
    // Names that begin with words of the language, and words that are names elsewhere.
    exprs(
        "((从业年限 + 每月均值) + 加分)",
        &["从业年限 + 每月均值 + 加分"],
    );
    exprs(
        "((((((score + full) + grade) + total) + rank) + month) + count)",
        &["score + full + grade + total + rank + month + count"],
    );
    exprs("(given + round)", &["given + round"]);
}

#[test]
fn claims() {
    statements(
        "guarantee total in 4..100",
        &[
            "guarantee total in 4..100",
            "保证 total 在 4～100",
            "保证 total 在4..100",
        ],
    );
    statements(
        "guarantee total never Rises with a b.c cite(六)",
        &[
            "guarantee total never rises with a, b.c, cite \"六\"",
            "保证 total 不随 a、b.c 升高 条款 “六”",
        ],
    );
    statements(
        "guarantee total never Falls with a",
        &[
            "guarantee total never falls with a",
            "保证 total 不随 a 降低",
        ],
    );
    statements(
        "guarantee total never gains by missing a b",
        &[
            "guarantee total never gains by missing a, b",
            "保证 total 不因 缺项 a、b 得益",
        ],
    );
    statements(
        "guarantee every grade reachable",
        &["guarantee every grade reachable", "保证 每个等级可达"],
    );
    statements(
        "guarantee (a > 1) implies b",
        &[
            "guarantee a > 1 implies b",
            "保证 a ＞ 1 则必 b",
            "保证 若 a ＞ 1 则必 b",
        ],
    );
    statements("guarantee (a > 1)", &["guarantee a > 1", "保证 a ＞ 1"]);
    statements(
        "example '例'\n  given a = 1, limits.b = map[x 3, y 1], c = list[2 3.5]\n  expect total = (52 / 3), grade = 合格",
        &[
            "example \"例\" {\n given a = 1, limits.b = { x 3, y 1 }, c = [2, 3.5]\n expect total = 52/3, grade = 合格\n}",
            "算例 “例” ｛\n 已知 a ＝ 1，limits.b ＝ ｛ x 3、y 1 ｝，c ＝ ［2，3.5］\n 应得 total ＝ 52／3，grade ＝ 合格\n｝",
        ],
    );
    statements(
        "example\n  expect no-result R\n  expect refused range a.b",
        &[
            "example { expect no result R; expect refused range a.b }",
            "算例 ｛ 应得 不出具结果 R； 应得 拒收 range a.b ｝",
        ],
    );
    statements(
        "example\n  expect refused = 3",
        &["example { expect refused = 3 }"],
    );
}

#[test]
fn names_of_regulations_stay_free() {
    // Names that regulations need and that are words of the language elsewhere.
    for name in [
        "full", "grade", "last", "mean", "month", "months", "rank", "required", "scale", "score",
        "total", "year", "program", "程序",
    ] {
        statements(
            &format!("input {name} : Number"),
            &[
                &format!("input {name} : number"),
                &format!("输入 {name} ： 数值"),
            ],
        );
        exprs(&format!("({name} + 1)"), &[&format!("{name} + 1")]);
    }
}

#[test]
fn statements_go_on_and_end() {
    exprs("((a + b) + c)", &["a +\n  b +\n\n  # between\n  c"]);
    exprs(
        "((a and b) or c)",
        &["a\n  and b\n  or c", "a and\n  b or\n  c"],
    );
    exprs("(if a then 1 else 2)", &["if a\n then 1\n else 2"]);
    exprs("(Mean a b)", &["mean of (\n a,\n b\n)"]);
    statements(
        "let x = 1 cite(一 says 二) assumed(三)",
        &[
            "let x = 1\n  cite \"一\" says \"二\"\n  assumed \"三\"",
            "令 x ＝ 1\n 条款 “一”\n 原文 “二”\n 推定 “三”",
        ],
    );
    statements("item a", &["item a\n{\n}"]);
    statements(
        "let x = 1",
        &[
            "let x = 1; let y = 2",
            "令 x ＝ 1。 令 y ＝ 2",
            "let x = 1 # c",
        ],
    );
    // `%` and `..` end a line.
    statements(
        "input x : Points 0..",
        &["input x : points 0..\ninput y : count"],
    );
}
