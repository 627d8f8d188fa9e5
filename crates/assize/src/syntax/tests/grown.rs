//! Lists, lines for each element, ranks, days and times, readings and procedures in both keyword
//! languages: the text, and the tree that the reference gives it, written by hand in the notation
//! of `show`. Each text is also written in the other language by the formatter and read again.

use super::super::{Keywords, first_difference, format_checked};
use super::{clean, show};
use crate::text::Limits;

/// Each text, alone in a scheme, gives this statement, in whichever language it is written again.
#[track_caller]
pub(super) fn statements(expected: &str, texts: &[&str]) {
    for text in texts {
        gives(expected, &format!("scheme s {{\n{text}\n}}\n"), show::first);
    }
}

/// Each text, alone in `each`, gives this line.
#[track_caller]
fn lines(expected: &str, texts: &[&str]) {
    for text in texts {
        let whole = format!("scheme s {{\neach m in months {{\n{text}\n}}\n}}\n");
        gives(expected, &whole, show::inner);
    }
}

#[track_caller]
pub(super) fn exprs(expected: &str, texts: &[&str]) {
    for text in texts {
        let whole = format!("scheme s {{\nlet x = {text}\n}}\n");
        gives(&format!("let x = {expected}"), &whole, show::first);
    }
}

#[track_caller]
fn gives(expected: &str, whole: &str, shown: impl Fn(&super::super::Tree) -> String) {
    let tree = clean(whole).tree;
    assert_eq!(shown(&tree), expected, "{whole}");
    for keywords in [Keywords::English, Keywords::Chinese, Keywords::Keep] {
        let written = format_checked(whole, &Limits::default(), keywords);
        let written = written.unwrap_or_else(|error| {
            panic!(
                "{error}\n{whole}\n{}",
                super::super::format(&tree, whole, keywords)
            )
        });
        let again = clean(&written).tree;
        assert_eq!(first_difference(&tree, &again), None, "{whole}\n{written}");
    }
}

#[test]
fn lists_of_members() {
    statements(
        "input people : list of {input id : Text unique; input score '得分' : Points 0..50 optional}",
        &[
            "input people : list of { id : text unique, score \"得分\" : points 0..50, optional }",
            "input people : list of {\n id : text unique\n score \"得分\" : points 0..50, optional\n}",
            "input people : list of {\n id : text unique, # who\n score \"得分\" : points 0..50,\n optional\n}",
            "输入 people ： 列表 ｛ id ： 文本 不重复，score “得分” ： 分值 ０..５０，可缺 ｝",
        ],
    );
    statements(
        "input months : list of {input month : Number; input score : Points 0..100} in-order-by month optional",
        &[
            "input months : list of { month : number, score : points 0..100 } in order by month, optional",
            "输入 months ： 列表 ｛ month ： 数值，score ： 分值 0..100 ｝，依次 按 month，可缺",
        ],
    );
    statements(
        "input months : list of {input a, b : Count} in-order",
        &[
            "input months : list of { a, b : count } in order",
            "输入 months ： 列表 ｛ a、b ： 次数 ｝ 依次",
        ],
    );
    statements(
        "input outlets : list of result of bank-outlet-service",
        &[
            "input outlets : list of result of bank-outlet-service",
            "输入 outlets ： 列表 结果 属于 bank-outlet-service",
        ],
    );
    statements(
        "input visits : list of one of scale 'kind' A '甲' {input x : Count; input y : Flag} B {input z : Points 0..10}",
        &[
            "input visits : list of one of scale \"kind\" { A \"甲\" { x : count, y : flag } B { z : points 0..10 } }",
            "input visits : list of one of scale \"kind\" {\nA \"甲\" {\nx : count\ny : flag\n}\nB { z : points 0..10 }\n}",
            "输入 visits ： 列表 按类 scale “kind” ｛ A “甲” ｛ x ： 次数，y ： 是否 ｝ B ｛ z ： 分值 0..10 ｝ ｝",
        ],
    );
    statements(
        "input nested : list of {input months : list of {input a : Count} in-order; input b : Count}",
        &[
            "input nested : list of { months : list of { a : count } in order, b : count }",
            "输入 nested ： 列表 ｛ months ： 列表 ｛ a ： 次数 ｝ 依次，b ： 次数 ｝",
        ],
    );
}

#[test]
fn maps_dates_and_durations() {
    statements(
        "input visits : Count per text",
        &[
            "input visits : count per text",
            "输入 visits ： 按 文本 的 次数",
        ],
    );
    statements(
        "input scores : Points 0..100 per question keys-in-order",
        &[
            "input scores : points 0..100 per question in order",
            "输入 scores ： 按 question 的 分值 0..100，依次",
        ],
    );
    statements(
        "input scores : list of Points 0..100 per question keys-in-order",
        &[
            "input scores : list of points 0..100 per question in order",
            "输入 scores ： 列表 按 question 的 分值 0..100，依次",
        ],
    );
    statements(
        "input last_settled : Date ..today",
        &[
            "input last_settled : date up to today",
            "输入 last_settled ： 日期 不高于 today",
        ],
    );
    statements(
        "input opened : Date 2024-01-01..",
        &[
            "input opened : date 2024-01-01..",
            "输入 opened ： 日期 2024年1月1日..",
        ],
    );
    statements(
        "input received : Time",
        &["input received : time", "输入 received ： 时刻"],
    );
    statements(
        "input wait : Duration 0Minutes..30Minutes",
        &[
            "input wait : duration 0 minutes..30 minutes",
            "输入 wait ： 时长 0分钟..30分钟",
        ],
    );
    exprs(
        "(2024-05-01 08:00:00 - 2024-04-30)",
        &[
            "2024-05-01 08:00 - 2024-04-30",
            "2024-05-01T08:00:00 - 2024年4月30日",
        ],
    );
    exprs(
        "(((24Hours + 1Days) + 6Months) + 3Years)",
        &[
            "24 hours + 1 day + 6 months + 3 years",
            "24小时 ＋ 1 天 ＋ 6个月 ＋ 3年",
        ],
    );
    exprs(
        "(1Seconds + 2Minutes)",
        &["1 second + 2 minutes", "1秒 + 2 分钟"],
    );
}

#[test]
fn lines_for_each_element() {
    statements(
        "each m in months\n  let below = (score < 80)\n  run low of below restarts 3\n  carry b : Money = 0Yuan becomes (b + 1Yuan)\n  consequence fine when (low = 3)",
        &[
            "each m in months {\nlet below = score < 80\nrun low of below restarts after 3\ncarry b : money = 0 yuan becomes b + 1 yuan\nconsequence fine when low = 3\n}",
            "逐一 m 于 months ｛\n令 below ＝ score ＜ 80\n连续次数 low 为 below，满 3 次重计\n结转 b ： 金额 = 0元 为 b + 1元\n若 low = 3 则 奖惩 fine\n｝",
        ],
    );
    statements(
        "each p in priority\n  let x = cases@p",
        &[
            "each p in priority { let x = cases[p] }",
            "逐一 p 于 priority ｛ 令 x = cases［p］ ｝",
        ],
    );
    lines(
        "run low '连续' of (below and (b > 2))",
        &[
            "run low \"连续\" of below and b > 2",
            "连续次数 low “连续” 为 below 且 b > 2",
        ],
    );
    lines(
        "run low of below restarts 3",
        &[
            "run low of below restarts after 3",
            "连续次数 low 为 below，满3次重计",
        ],
    );
    lines(
        "let five by scale\n  A => 5\n  B => 4",
        &[
            "let five by scale { A => 5, B => 4 }",
            "令 five 按 scale ｛\nA 为 5\nB 为 4\n｝",
        ],
    );
    lines(
        "each q in questions\n  let y = 1",
        &[
            "each q in questions { let y = 1 }",
            "逐一 q 于 questions ｛ 令 y = 1 ｝",
        ],
    );
    statements(
        "let score '得分' per category\n  a => (x + 1)\n  otherwise => 0",
        &[
            "let score \"得分\" per category { a => x + 1, otherwise => 0 }",
            "令 score “得分” 每 category ｛\na 为 x ＋ 1\n其余 为 0\n｝",
        ],
    );
    statements(
        "require complaint_without_reply '答复' : (every complaints has replied) cite(五)",
        &[
            "require complaint_without_reply \"答复\" : every complaints has replied cite \"五\"",
            "要求 complaint_without_reply “答复” ： 每 complaints 均 replied 条款 “五”",
        ],
    );
    statements(
        "require channels_posted",
        &["require channels_posted", "要求 channels_posted"],
    );
}

#[test]
fn phrases_about_lists() {
    exprs("emails.replied", &["emails.replied", "emails．replied"]);
    exprs(
        "(scores@q * weights@q)",
        &["scores[q] * weights[q]", "scores［q］ × weights[q]"],
    );
    exprs(
        "(Count (emails where ((replied - received) <= 24Hours)))",
        &[
            "count(emails where replied - received <= 24 hours)",
            "个数（emails 其中 replied － received ≤ 24小时）",
        ],
    );
    exprs(
        "(Sum ((score@c * weight@c) for c in category where (score@c > 0)))",
        &[
            "sum of (score[c] * weight[c] for c in category where score[c] > 0)",
            "合计 （逐一 c 于 category 其中 score[c] > 0 取 score[c] * weight[c]）",
        ],
    );
    exprs(
        "(Mean (outlets.total skipping))",
        &[
            "mean of outlets.total skipping missing",
            "mean(outlets.total skipping missing)",
            "平均 outlets.total 缺者不计",
        ],
    );
    exprs(
        "((Mean (xs counting 0)) + 1)",
        &[
            "mean of xs counting missing as 0 + 1",
            "平均 xs 缺者按0计 + 1",
            "平均 xs 缺者按 0 计 ＋ 1",
        ],
    );
    exprs(
        "(Median (WithoutLowest 1 (WithoutHighest 1 xs)))",
        &[
            "median of xs without the highest 1 without the lowest 1",
            "中位数 xs 去掉最高1项 去掉最低 1 项",
        ],
    );
    exprs(
        "(Variance xs)",
        &["variance of xs", "方差 xs", "xs 的 方差"],
    );
    exprs(
        "(StandardDeviation xs)",
        &["standard deviation of xs", "xs 的 标准差"],
    );
    exprs(
        "(Mean (Highest 3 xs))",
        &["mean of best 3 of xs", "mean of highest 3 of xs"],
    );
    exprs(
        "(Last 3 xs)",
        &["last 3 of xs", "xs 的 后3项", "后 3 项 xs"],
    );
    exprs("(First 3 xs)", &["first 3 of xs", "xs 的 前 3 项"]);
    exprs("(Lowest 2 xs.y)", &["lowest 2 of xs.y", "xs.y 的 最低2项"]);
    exprs(
        "(share waits where (it <= limit))",
        &[
            "share of (waits where it <= limit)",
            "占比（waits 其中 it ≤ limit）",
        ],
    );
    exprs(
        "(people sorted[-score id])",
        &[
            "people sorted by score highest first, id",
            "people 排序 按 score 由高到低，id",
        ],
    );
    exprs(
        "((names visits where (it < 1)) sorted[])",
        &[
            "names in visits where it < 1, sorted",
            "名单 visits 其中 it < 1 排序",
        ],
    );
    exprs(
        "((xs where (a and b)) sorted[y])",
        &["xs where a and b sorted by y", "xs 其中 a 且 b，排序 按 y"],
    );
    exprs(
        "(Not (some p in priority has (x@p > 3)))",
        &[
            "not some p in priority has x[p] > 3",
            "非 存在 p 于 priority 使 x[p] > 3",
        ],
    );
    exprs(
        "(every p in priority has (met@p or (cases@p = 0)))",
        &[
            "every p in priority has met[p] or cases[p] = 0",
            "每 p 于 priority 均 met[p] 或 cases[p] ＝ 0",
        ],
    );
    exprs(
        "(Count ([(x for m in months)] where (it > 3)))",
        &["count((x for m in months) where it > 3)"],
    );
}

#[test]
fn ranks_quotas_and_splits() {
    exprs(
        "(rank -score in people Share)",
        &[
            "rank of score in people, highest first, ties share",
            "score 在 people 中的排名，由高到低，并列同名次",
        ],
    );
    exprs(
        "(rank score in people Averaged)",
        &[
            "rank of score in people, lowest first, ties averaged",
            "score 于 people 中的排名，由低到高，并列取平均",
        ],
    );
    exprs(
        "(top 20% of people by score Down In)",
        &[
            "top 20% of people by score, round down, ties all in",
            "people 按 score 前20%，去尾，并列全取",
        ],
    );
    exprs(
        "(top 3 of people by score Down Out)",
        &[
            "top 3 of people by score, ties all out",
            "people 按 score 前 3，并列全不取",
        ],
    );
    exprs(
        "(split pool by score in people to 0.01 LargestFraction)",
        &[
            "split pool by score in people to 0.01, remainder by largest fraction",
            "分配 pool 按 score 于 people 精确到 0.01，余数按小数大者",
        ],
    );
    exprs(
        "(Mean (counts scored by points_a))",
        &[
            "mean of counts scored by points_a",
            "平均 counts 按 points_a 计分",
        ],
    );
    statements(
        "result order = (people sorted[-score id])",
        &["result order = people sorted by score highest first, id"],
    );
    statements(
        "result out {rank = [(rank -score in people Share)]; score}",
        &["result out { rank = (rank of score in people, highest first, ties share), score }"],
    );
}

#[test]
fn tables_with_several_keys() {
    statements(
        "table rate by kind by years\n  A & 1..3 => 5\n  B|C & from 4 => 6\n  otherwise => 0",
        &[
            "table rate by kind, years { A, 1..3 => 5\nB or C, from 4 => 6\notherwise => 0 }",
            "对照表 rate 按 kind，years ｛\nA，1～3 为 5\nB 或 C，不低于4 为 6\n其余 为 0\n｝",
        ],
    );
    exprs(
        "((rate of list[kind years]) + 1)",
        &["rate of (kind, years) + 1", "（kind，years） 的 rate ＋ 1"],
    );
    statements(
        "table t by k\n  a|b => 1\n  c => 2",
        &[
            "table t by k { a, b => 1, c => 2 }",
            "对照表 t 按 k ｛\na、b 为 1\nc 为 2\n｝",
        ],
    );
}

#[test]
fn roots_powers_and_parts_of_dates() {
    exprs(
        "(root (Variance xs))",
        &["square root of variance of xs", "方差 xs 的 平方根"],
    );
    exprs(
        "(root [(a + b)])",
        &[
            "square root of (a + b)",
            "（a + b） 的 平方根",
            "平方根 (a + b)",
        ],
    );
    exprs(
        "((Minus (x ^ 1.5)) * 2)",
        &["-x ^ 1.5 * 2", "－x ＾ 1.5 × 2"],
    );
    exprs(
        "((Natural log x) + (Common log y))",
        &[
            "natural logarithm of x + common logarithm of y",
            "x 的 自然对数 + y 的 常用对数",
        ],
    );
    exprs(
        "(((Year of d) + (Month of d)) + (Day of d))",
        &[
            "year of d + month of d + day of d",
            "d 的 年份 + d 的 月份 + d 的 日",
        ],
    );
    exprs(
        "(EndOfMonth of d.e)",
        &["end of month of d.e", "d.e 的 月末"],
    );
    exprs(
        "(failed-requirements = all-hold)",
        &[
            "failed requirements = all requirements hold",
            "未达要求 = 全部要求达到",
        ],
    );
}

#[test]
fn results_for_each_element() {
    statements(
        "result P1 '甲' per g in level = counts@g",
        &[
            "result P1 \"甲\" per g in level = counts[g]",
            "结果 P1 “甲” 每 g 于 level = counts[g]",
        ],
    );
    statements(
        "result months per m in months {low; bonus = m.paid}",
        &[
            "result months per m in months { low, bonus = m.paid }",
            "结果 months 每 m 于 months ｛ low，bonus ＝ m.paid ｝",
        ],
    );
    statements(
        "result x {a; per o in quality = share@o}",
        &[
            "result x { a, per o in quality = share[o] }",
            "结果 x ｛ a，每 o 于 quality = share[o] ｝",
        ],
    );
}

#[test]
fn readings() {
    statements(
        "reading formula '公式' {corrected '更正' => ((a / b) * 100); as_written => ([(b - a)] / b)} cite(六)",
        &[
            "reading formula \"公式\" cite \"六\" { corrected \"更正\" => a / b * 100\nas_written => (b - a) / b }",
            "解读 formula “公式” 条款 “六” ｛\ncorrected “更正” 为 a ÷ b × 100\nas_written 为 （b － a） ÷ b\n｝",
        ],
    );
    let whole = "scheme s {\nitem a out of 10 {\nstart at 10\nreading fine {\nbrackets {\ndeduct 1 when late\n}\nline { deduct 5 per late_days }\n}\n}\n}\n";
    gives(
        "start 10\nreading fine {brackets [Deduct 1 when late]; line [Deduct 5 per each late_days]}",
        whole,
        show::inner,
    );
    let chinese = "方案 s ｛\n指标 a 满分10 ｛\n起评10\n解读 fine ｛\nbrackets ｛\n若 late 则 扣1\n｝\nline ｛ 每 late_days 扣5 ｝\n｝\n｝\n｝\n";
    gives(
        "start 10\nreading fine {brackets [Deduct 1 when late]; line [Deduct 5 per each late_days]}",
        chinese,
        show::inner,
    );
    statements(
        "reading f {a => 1; b => 2}",
        &[
            "reading f { a => 1, b => 2 }",
            "解读 f ｛ a 为 1，b 为 2 ｝",
        ],
    );
}

#[test]
fn an_alternative_has_an_article_and_an_assumption_of_its_own() {
    statements(
        "reading formula {corrected '改正' => (a / b) cite(五) assumed(默认改正); as_written => [(b - a)] cite(五 says 原话)} cite(四)",
        &[
            "reading formula cite \"四\" {\ncorrected \"改正\" => a / b cite \"五\" assumed \"默认改正\"\nas_written => (b - a), cite \"五\"\nsays \"原话\"\n}",
            "reading formula cite \"四\" { corrected \"改正\" => a / b cite \"五\", assumed \"默认改正\", as_written => (b - a) cite \"五\" says \"原话\" }",
            "解读 formula 条款 “四” ｛\ncorrected “改正” 为 a ÷ b 条款 “五” 推定 “默认改正”\nas_written 为 （b － a），条款 “五” 原文 “原话”\n｝",
        ],
    );
    for alternatives in [
        "brackets { deduct 1 when late } cite \"一\" assumed \"按档\"\nline cite \"二\" { deduct 5 per late_days }",
        "brackets { deduct 1 when late }, cite \"一\", assumed \"按档\"\nline { deduct 5 per late_days } cite \"二\"",
        "brackets { deduct 1 when late } cite \"一\" assumed \"按档\", line { deduct 5 per late_days } cite \"二\"",
        "brackets 条款 “一” 推定 “按档” ｛\n若 late 则 扣1\n｝\nline ｛ 每 late_days 扣5 ｝ 条款 “二”",
    ] {
        gives(
            "start 10\nreading fine {brackets [Deduct 1 when late] cite(一) assumed(按档); line [Deduct 5 per each late_days] cite(二)}",
            &format!(
                "scheme s {{\nitem a out of 10 {{\nstart at 10\nreading fine {{\n{alternatives}\n}}\n}}\n}}\n"
            ),
            show::inner,
        );
    }
}

#[test]
fn what_has_no_numbers() {
    statements(
        "extends bank-outlet-service",
        &["extends bank-outlet-service", "沿用 bank-outlet-service"],
    );
    statements(
        "edition of construction-customer-service",
        &[
            "edition of construction-customer-service",
            "版本 属于 construction-customer-service",
        ],
    );
    statements(
        "indicator speed '响应速度' on level from [问卷] by [客户 员工] Some(Higher)\n  indicator - '热线' from [] by [] Some(Lower)\n  indicator hall from [巡查] by [] None",
        &[
            "indicator speed \"响应速度\" on level, from \"问卷\", by \"客户\", \"员工\", higher is better { \"热线\", lower is better\nhall from \"巡查\" }",
            "观察指标 speed “响应速度”，评以 level，来自 “问卷”，由 “客户”、“员工”，越高越好 ｛\n“热线”，越低越好\nhall 来自 “巡查”\n｝",
        ],
    );
    statements(
        "procedure monthly '每月评分' Some(Month)\n  step collect-forms '收集' every Quarter on 25..30 by [班组长] requires [form '评分表', signature] after [other-step] gives [report '整改报告'] kept 3Years",
        &[
            "procedure monthly \"每月评分\" every month { step collect-forms \"收集\" every quarter, on day 25..30, by \"班组长\", requires form \"评分表\", signature, after other-step, gives report \"整改报告\", kept for 3 years }",
            "程序 monthly “每月评分” 每月 ｛\n步骤 collect-forms “收集” 每季度，于 25～30 日，由 “班组长”，须附 form “评分表”、signature，后于 other-step，提交 report “整改报告”，保存 3 年\n｝",
        ],
    );
    for (window, texts) in [
        ("on 25", ["on day 25", "于25日"]),
        (
            "on 1..5 of last month",
            ["on day 1..5 of the last month", "于 末月1～5日"],
        ),
        ("by 20", ["by day 20", "不迟于 20 日"]),
        (
            "by 30 of last month",
            ["by day 30 of the last month", "不迟于 末月 30 日"],
        ),
        (
            "before end of Month",
            ["before end of month", "不迟于 月末"],
        ),
        (
            "before end of Quarter",
            ["before end of quarter", "不迟于 季末"],
        ),
        (
            "before end of HalfYear",
            ["before end of half year", "不迟于 半年末"],
        ),
        ("before end of Year", ["before end of year", "不迟于 年末"]),
        (
            "within 3Days of other-step",
            ["within 3 days of other-step", "自 other-step 起 3 天内"],
        ),
    ] {
        let step = ["step a-1", "步骤 a-1"];
        for (step, text) in step.iter().zip(texts) {
            let whole = format!("scheme s {{\nprocedure p {{\n{step} {text}\n}}\n}}\n");
            gives(
                &format!("step a-1 {window} by [] requires [] after [] gives []"),
                &whole,
                show::inner,
            );
        }
    }
}

#[test]
fn lists_of_maps_in_examples() {
    let whole = |given: &str| format!("scheme s {{\nexample {{\ngiven {given}\n}}\n}}\n");
    gives(
        "given months = list[map[score 78, paid list[]] map[score 79.5, at 2024-05-01 08:00:00]], a = map[], b = list[]",
        &whole(
            "months = [{ score 78, paid [] }, { score 79.5, at 2024-05-01 08:00 }], a = {}, b = []",
        ),
        show::inner,
    );
}

#[test]
fn words_of_the_language_stay_names_where_nothing_else_fits() {
    for name in [
        "each",
        "run",
        "carry",
        "require",
        "reading",
        "extends",
        "indicator",
        "step",
        "every",
        "some",
        "has",
        "it",
        "for",
        "sorted",
        "rank",
        "top",
        "split",
        "share",
        "median",
        "year",
        "month",
        "day",
        "date",
        "time",
        "first",
        "last",
        "best",
        "names",
        "after",
        "on",
        "unique",
    ] {
        statements(
            &format!("let {name} = ({name} + 1)"),
            &[
                &format!("let {name} = {name} + 1"),
                &format!("令 {name} = {name} ＋ 1"),
            ],
        );
        let whole = format!(
            "scheme s {{\ngroup g {{\n40% of {name}\n{name} missing => count as zero\n}}\n}}\n"
        );
        clean(&whole);
    }
    statements(
        "table share by x\n  from 1 => 2",
        &["table share by x { from 1 => 2 }"],
    );
    let whole = "scheme s {\nlet y = share of x\ntable share by x { from 1 => 2 }\n}\n";
    assert_eq!(show::first(&clean(whole).tree), "let y = (share of x)");
}
