//! What changed in meaning between two schemes, in words.
//!
//! The expected sentences are written by hand from the two texts. Each case changes one or a few
//! words of a scheme that has every construct.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::path::Path;
use std::sync::OnceLock;

use assize::difference::{Change, difference};
use assize::syntax::{Keywords, parse};
use assize::text::Limits;
use assize::{Checked, Checker, Scheme};

/// A scheme with every construct.
const WHOLE: &str = r#"scheme shop "门店考核" {
    source 《门店考核办法》
    effective from 2023-01-01 cite "附则"
    assesses shop "门店" every month cite "一"
    out of 100 cite "一"
    choice level "满意度" best first { 满意, 一般, 不满意 }
    choice kind "类型" { 直营 key own, 加盟 key joint }

    input late "迟到" : count, lower is better cite "二"
    input visit "巡店" : points 0..30, optional
    input mystery "暗访" : points 0..100, optional
    input offsite "远程" : points 0..100, optional
    input answer "评价" : level
    input of_kind "门店类型" : kind
    input serious "重大责任" : flag
    input tally "各档人数" : count per level = 0
    input people "人员" : list of { id "姓名" : text unique, base "底薪" : money 0.., done "完成" : count up to 100 } = []
    parameter limit "上限" : number 0..10

    refuse range late "迟到过多" when late > 31 cite "二"
    refuse conflict visit when serious and visit > 20
    no result closed "停业" when serious and late > 30 cite "九"
    no result fresh "新店" when serious and late > 29

    let strikes "次数" = late + limit
    table rate by late { from 10 => 3 yuan, otherwise => 1 yuan }
    table curve by late between points { 0 => 100, 10 => 50 } hold the ends

    item conduct "日常表现" out of 40 cite "三" {
        start at 40
        deduct 5 per late beyond 2 at most 30 cite "三、1"
        deduct 2 when serious cite "三、2"
        not below 0 cite "三、3"
        round half up to 1 place
    }
    item told "测评" out of 20 cite "四" {
        score by answer { 满意 => 20, 一般 => 12, 不满意 => 0 }
    }
    item seen "巡查" out of 10 cite "五" {
        score visit / 3
        missing => count as full assumed "未巡店的按满分计"
    }
    group inspection "检查" out of 30 cite "六" {
        60% of mystery
        40% of offsite
        missing => weigh the rest equally
        all missing => count as zero
    }
    grade "等次" by total cite "七" {
        from 90   => 优秀
        from 60   => 合格
        otherwise => 不合格
        when serious => no better than 合格 "一票否决"
    }
    consequence fine "罚款" amount 100 yuan to "店长" when total < 60 cite "八"
    require trained "培训" : late < 20
    each p in people {
        let bonus = base * 10%
        consequence praise "表扬" amount 50 yuan to "本人" when done > 90 cite "十"
    }
    result strikes
    result share = late / (late + 1)
    result sums { late, doubled = late * 2 }
    guarantee total in 0..100
    guarantee total never rises with late

    reading rule "口径" cite "十一" { strict "从严" => late, lenient "从宽" => late - 1 }
    result ruled = rule

    indicator speed "响应速度" from "问卷", by "客户", higher is better cite "十二"
    procedure monthly "每月考核" every month cite "十三" {
        step collect "收表", on day 25..28, by "班组长", requires form "评分表"
        step report "上报", within 3 days of collect, gives summary "汇总表", kept for 2 years
    }
}
"#;

fn preset(slug: &str) -> Option<Scheme> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schemes");
    let path = folder.join(slug).join(format!("{slug}.scheme"));
    checked(&std::fs::read_to_string(path).ok()?).scheme
}

fn checked(text: &str) -> Checked {
    Checker::new().beside(&preset).check(text)
}

#[track_caller]
fn scheme(text: &str) -> Scheme {
    let checked = checked(text);
    let errors: Vec<String> = checked
        .diagnostics
        .iter()
        .map(|found| format!("{}: {}", found.span.of(text), found.message.en))
        .collect();
    // A change may break what the scheme guarantees; it is a change all the same.
    assert!(checked.draft.is_some(), "{errors:#?}");
    checked.draft.unwrap()
}

fn whole() -> &'static Scheme {
    static SCHEME: OnceLock<Scheme> = OnceLock::new();
    SCHEME.get_or_init(|| scheme(WHOLE))
}

/// The changes where one stretch of the scheme is written otherwise.
#[track_caller]
fn changes(old: &str, new: &str) -> Vec<Change> {
    assert_eq!(WHOLE.matches(old).count(), 1, "{old}");
    let changed = WHOLE.replace(old, new);
    difference(whole(), &scheme(&changed))
}

/// What is told, in English, where one stretch is written otherwise.
#[track_caller]
fn told(old: &str, new: &str, expected: &[&str]) {
    let told: Vec<String> = changes(old, new)
        .iter()
        .map(|change| change.words().en)
        .collect();
    assert_eq!(told, expected, "{old}\n{new}");
}

/// The same in Chinese.
#[track_caller]
fn told_zh(old: &str, new: &str, expected: &[&str]) {
    let told: Vec<String> = changes(old, new)
        .iter()
        .map(|change| change.words().zh)
        .collect();
    assert_eq!(told, expected, "{old}\n{new}");
}

#[test]
fn what_stands_around_the_words_is_no_difference() {
    told("start at 40", "# hard\n        start  at  (40) # soft", &[]);
    told("late / (late + 1)", "late /\n    (late+1)", &[]);
    told("deduct 2 when serious", "若 serious 则 扣2", &[]);
    told("amount 100 yuan", "amount 100.00 yuan", &[]);
    told("60% of mystery", "60.0% of mystery", &[]);
    // Names that data never sees, labels that only head results, quotations.
    told("each p in people", "each person in people", &[]);
    told("let strikes \"次数\"", "let strikes \"累计\"", &[]);
    told("item conduct \"日常表现\"", "item conduct \"表现\"", &[]);
    told("cite \"三、1\"", "cite \"三、1\" says \"每次扣5分\"", &[]);
}

#[test]
fn the_order_of_declarations_is_no_difference() {
    let swapped = WHOLE.replace("    input serious \"重大责任\" : flag\n", "");
    let swapped = swapped.replace(
        "    input late \"迟到\"",
        "    input serious \"重大责任\" : flag\n    input late \"迟到\"",
    );
    assert_ne!(swapped, WHOLE);
    assert_eq!(difference(whole(), &scheme(&swapped)), []);
}

#[test]
fn the_scheme_itself() {
    told(
        "scheme shop",
        "scheme store",
        &["scheme: name changed from “shop” to “store”"],
    );
    told(
        "《门店考核办法》",
        "《新办法》",
        &["scheme: document changed from “门店考核办法” to “新办法”"],
    );
    told(
        "from 2023-01-01",
        "from 2024-01-01",
        &["scheme: in force changed from “from 2023-01-01” to “from 2024-01-01”"],
    );
    told(
        "from 2023-01-01",
        "from 2023-01-01 until 2023-12-31",
        &["scheme: in force changed from “from 2023-01-01” to “from 2023-01-01 until 2023-12-31”"],
    );
    told(
        "every month cite \"一\"",
        "every quarter cite \"一\"",
        &["scheme: how often changed from “every month” to “every quarter”"],
    );
    told(
        "assesses shop \"门店\"",
        "assesses shop \"分店\"",
        &["scheme: what is assessed changed from “门店 (shop)” to “分店 (shop)”"],
    );
    told_zh(
        "every month cite \"一\"",
        "every quarter cite \"一\"",
        &["方案：周期由“每月”改为“每季度”"],
    );
}

#[test]
fn choices_and_their_options() {
    told(
        "{ 满意, 一般, 不满意 }",
        "{ 满意, 一般 \"基本满意\", 不满意 }",
        &["choice 满意度 (level): option changed from “一般” to “基本满意 (一般)”"],
    );
    told(
        "best first { 满意, 一般, 不满意 }",
        "best first { 一般, 满意, 不满意 }",
        &["choice 满意度 (level): option stands at another place: 满意"],
    );
    told(
        "{ 直营 key own, 加盟 key joint }",
        "{ 加盟 key joint, 直营 key own }",
        &[],
    );
    told(
        "加盟 key joint }",
        "加盟 key joint, 联营 }",
        &["choice 类型 (kind): option added: 联营"],
    );
    told_zh(
        "choice kind \"类型\"",
        "choice kind \"类型\" best first",
        &["选项“类型”（kind）：新增优劣次序：由优到劣"],
    );
}

#[test]
fn what_is_asked() {
    told(
        "visit \"巡店\" : points 0..30",
        "visit \"巡店\" : points 0..60",
        &["input 巡店 (visit): range changed from “0..30” to “0..60”"],
    );
    told(
        "offsite \"远程\" : points 0..100",
        "offsite \"远程\" : number",
        &[
            "input 远程 (offsite): type changed from “points” to “a number”",
            "input 远程 (offsite): range removed: 0..100",
        ],
    );
    told(
        "lower is better cite",
        "higher is better cite",
        &["input 迟到 (late): direction changed from “lower is better” to “higher is better”"],
    );
    told(
        "visit \"巡店\" : points 0..30",
        "visit \"巡店\" : points above 0 up to 30",
        &["input 巡店 (visit): range changed from “0..30” to “above 0 up to 30”"],
    );
    told(
        "visit \"巡店\" : points 0..30, optional",
        "visit \"巡店\" : points 0..30, optional, step 0.5",
        &["input 巡店 (visit): step added: 0.5"],
    );
    told(
        "visit \"巡店\" : points",
        "visit \"巡查得分\" : points",
        &["input 巡查得分 (visit): label changed from “巡店” to “巡查得分”"],
    );
    told(
        "tally \"各档人数\" : count per level = 0",
        "tally \"各档人数\" : count per kind = 0",
        &[
            "input 各档人数 (tally): type changed from “a count for each of 满意度” to “a count for each of 类型”",
        ],
    );
    told(
        "per level = 0",
        "per level = 1",
        &[
            "input 各档人数 (tally): presence changed from “0 where it is not given” to “1 where it is not given”",
        ],
    );
    told(
        "parameter limit \"上限\" : number 0..10",
        "parameter limit \"上限\" : number 0..12",
        &["parameter 上限 (limit): range changed from “0..10” to “0..12”"],
    );
    told(
        "parameter limit",
        "input limit",
        &["input 上限 (limit): kind changed from “parameter” to “input”"],
    );
    told(
        "done \"完成\" : count up to 100",
        "done \"完成\" : count up to 120",
        &["member 完成 (people.done): range changed from “up to 100” to “up to 120”"],
    );
    told(
        "id \"姓名\" : text unique",
        "id \"姓名\" : text",
        &["member 姓名 (people.id): uniqueness removed: no two alike"],
    );
    told(
        "input serious",
        "input extra : count = 0\n    input serious",
        &["new input extra: type a count; 0 where it is not given"],
    );
    told_zh(
        "visit \"巡店\" : points 0..30",
        "visit \"巡店\" : points above 0 up to 30",
        &["输入“巡店”（visit）：取值范围由“0～30”改为“高于 0且不高于 30”"],
    );
    told_zh(
        "per level = 0",
        "per level = 1",
        &["输入“各档人数”（tally）：填报要求由“未填时取 0”改为“未填时取 1”"],
    );
}

#[test]
fn what_is_refused_and_what_gives_no_result() {
    told(
        "when late > 31",
        "when late > 30",
        &["refusal range late: condition changed from “迟到 > 31” to “迟到 > 30”"],
    );
    told(
        "\"迟到过多\"",
        "\"迟到次数有误\"",
        &["refusal range late: label changed from “迟到过多” to “迟到次数有误”"],
    );
    told(
        "closed \"停业\" when serious and late > 30",
        "closed \"停业\" when serious",
        &[
            "no-result rule 停业 (closed): condition changed from “重大责任 and 迟到 > 30” to “重大责任”",
        ],
    );
    told_zh(
        "closed \"停业\" when serious and late > 30",
        "closed \"停业\" when serious",
        &["不出具结果的情形“停业”（closed）：条件由“重大责任 且 迟到 > 30”改为“重大责任”"],
    );
    told(
        "    refuse conflict visit when serious and visit > 20\n",
        "",
        &["refusal conflict visit is gone: condition 重大责任 and 巡店 > 20"],
    );
}

#[test]
fn of_several_reasons_the_first_that_holds_is_given() {
    let line = "    no result fresh \"新店\" when serious and late > 29\n";
    let other = "    no result closed";
    let text = WHOLE
        .replace(line, "")
        .replace(other, &format!("{line}{other}"));
    let told: Vec<String> = difference(whole(), &scheme(&text))
        .iter()
        .map(|change| change.words().zh)
        .collect();
    assert_eq!(told, ["不出具结果的情形“停业”（closed）的先后次序变动"]);
}

#[test]
fn figures_and_tables() {
    told(
        "late + limit",
        "late + limit * 2",
        &["figure 次数 (strikes): value changed from “迟到 + 上限” to “迟到 + 上限 * 2”"],
    );
    // Nothing is calculated: the order of a sum is written otherwise.
    told(
        "late + limit",
        "limit + late",
        &["figure 次数 (strikes): value changed from “迟到 + 上限” to “上限 + 迟到”"],
    );
    told(
        "from 10 => 3 yuan",
        "from 12 => 3 yuan",
        &["table rate: line changed from “from 10 => 3 yuan” to “from 12 => 3 yuan”"],
    );
    told(
        "from 10 => 3 yuan",
        "from 10 => 4 yuan",
        &["table rate: line changed from “from 10 => 3 yuan” to “from 10 => 4 yuan”"],
    );
    told(
        "from 10 => 3 yuan",
        "from 20 => 5 yuan, from 10 => 3 yuan",
        &["table rate: line added: from 20 => 5 yuan"],
    );
    told(
        "10 => 50 }",
        "10 => 40 }",
        &["table curve: point changed from “10 => 50” to “10 => 40”"],
    );
    told(
        "hold the ends",
        "continue",
        &["table curve: values outside changed from “hold the ends” to “continue”"],
    );
    told_zh(
        "from 10 => 3 yuan",
        "from 10 => 4 yuan",
        &["对照表“rate”：档由“不低于10 为 3元”改为“不低于10 为 4元”"],
    );
}

#[test]
fn lines_of_items() {
    told(
        "start at 40",
        "start at 35",
        &["item 日常表现 (conduct): starting value changed from “start at 40” to “start at 35”"],
    );
    told(
        "deduct 5 per late",
        "deduct 6 per late",
        &[
            "item 日常表现 (conduct): deduction changed from “deduct 5 per 迟到 beyond 2 at most 30” to “deduct 6 per 迟到 beyond 2 at most 30”",
        ],
    );
    told(
        "beyond 2 at most 30",
        "at most 30",
        &[
            "item 日常表现 (conduct): deduction changed from “deduct 5 per 迟到 beyond 2 at most 30” to “deduct 5 per 迟到 at most 30”",
        ],
    );
    told(
        "deduct 2 when serious",
        "deduct 2 when serious and late > 1",
        &[
            "item 日常表现 (conduct): deduction changed from “deduct 2 when 重大责任” to “deduct 2 when 重大责任 and 迟到 > 1”",
        ],
    );
    told(
        "        deduct 2 when serious cite \"三、2\"\n",
        "",
        &["item 日常表现 (conduct): deduction removed: deduct 2 when 重大责任"],
    );
    told(
        "not below 0 cite",
        "not below 10 cite",
        &["item 日常表现 (conduct): floor changed from “not below 0” to “not below 10”"],
    );
    told(
        "round half up to 1 place",
        "round half even to 1 place",
        &[
            "item 日常表现 (conduct): rounding changed from “round half up to 1 places” to “round half even to 1 places”",
        ],
    );
    told(
        "round half up to 1 place",
        "round half up to 1 place\n        not above 39",
        &["item 日常表现 (conduct): cap added: not above 39"],
    );
    told(
        "一般 => 12",
        "一般 => 10",
        &["item 测评 (told): line changed from “一般 => 12” to “一般 => 10”"],
    );
    told(
        "score visit / 3",
        "score visit / 3 + 0",
        &["item 巡查 (seen): score changed from “score 巡店 / 3” to “score 巡店 / 3 + 0”"],
    );
    told_zh(
        "deduct 5 per late",
        "deduct 6 per late",
        &[
            "指标“日常表现”（conduct）：扣分由“每 迟到 扣5 超过2 最多30”改为“每 迟到 扣6 超过2 最多30”",
        ],
    );
    told_zh(
        "round half up to 1 place",
        "round half even to 1 place",
        &[
            "指标“日常表现”（conduct）：取整规则由“四舍五入 保留1位小数”改为“四舍六入五成双 保留1位小数”",
        ],
    );
}

#[test]
fn a_line_that_acts_earlier_has_moved() {
    let line = "        not below 0 cite \"三、3\"\n";
    let before = "        deduct 2 when serious";
    let text = WHOLE
        .replace(line, "")
        .replace(before, &format!("{line}{before}"));
    let changes = difference(whole(), &scheme(&text));
    let told: Vec<String> = changes.iter().map(|change| change.words().en).collect();
    assert_eq!(
        told,
        ["item 日常表现 (conduct): deduction stands at another place: deduct 2 when 重大责任"]
    );
}

#[test]
fn marks_weights_and_missing_data() {
    let text = WHOLE
        .replace("\"日常表现\" out of 40", "\"日常表现\" out of 30")
        .replace("\"测评\" out of 20", "\"测评\" out of 30");
    let changes = difference(whole(), &scheme(&text));
    let sentences: Vec<String> = changes.iter().map(|change| change.words().zh).collect();
    assert_eq!(
        sentences,
        [
            "指标“日常表现”（conduct）：满分由“40分”改为“30分”",
            "指标“测评”（told）：满分由“20分”改为“30分”",
        ]
    );
    told(
        "60% of mystery\n        40% of offsite",
        "70% of mystery\n        30% of offsite",
        &[
            "group 检查 (inspection): weight changed from “60% of 暗访” to “70% of 暗访”",
            "group 检查 (inspection): weight changed from “40% of 远程” to “30% of 远程”",
        ],
    );
    told(
        "missing => weigh the rest equally",
        "missing => share the missing weight in proportion",
        &[
            "group 检查 (inspection): missing-data rule changed from “missing => weigh the rest equally” to “missing => share the missing weight in proportion”",
        ],
    );
    told(
        "all missing => count as zero",
        "all missing => count as full",
        &[
            "group 检查 (inspection): missing-data rule changed from “all missing => count as zero” to “all missing => count as full”",
        ],
    );
    told(
        "assumed \"未巡店的按满分计\"",
        "assumed \"未巡店视为满分\"",
        &[
            "item 巡查 (seen): assumption changed from “未巡店的按满分计 (missing => count as full)” to “未巡店视为满分 (missing => count as full)”",
        ],
    );
    told_zh(
        "60% of mystery\n        40% of offsite",
        "70% of mystery\n        30% of offsite",
        &[
            "组“检查”（inspection）：权重由“暗访 占 60%”改为“暗访 占 70%”",
            "组“检查”（inspection）：权重由“远程 占 40%”改为“远程 占 30%”",
        ],
    );
    told_zh(
        "missing => weigh the rest equally",
        "missing => share the missing weight in proportion",
        &[
            "组“检查”（inspection）：缺项规则由“缺项 => 其余各项权重均等”改为“缺项 => 缺项权重按比例分摊”",
        ],
    );
}

#[test]
fn grades_and_their_lines() {
    told(
        "from 90   => 优秀",
        "from 95   => 优秀",
        &["grade 等次 (grade): grade line changed from “from 90 => 优秀” to “from 95 => 优秀”"],
    );
    // Each level keeps its line, also where one takes the figure of another.
    told(
        "from 90   => 优秀\n        from 60   => 合格",
        "from 95   => 优秀\n        from 90   => 良好\n        from 60   => 合格",
        &[
            "grade 等次 (grade): grade line changed from “from 90 => 优秀” to “from 95 => 优秀”",
            "grade 等次 (grade): grade line added: from 90 => 良好",
        ],
    );
    told(
        "when serious => no better than 合格",
        "when serious => 不合格",
        &[
            "grade 等次 (grade): adjustment changed from “when 重大责任 => no better than 合格 \"一票否决\"” to “when 重大责任 => 不合格 \"一票否决\"”",
        ],
    );
    told_zh(
        "from 90   => 优秀",
        "above 90   => 优秀",
        &["等级“等次”（grade）：等级线由“不低于90 为 优秀”改为“高于90 为 优秀”"],
    );
}

#[test]
fn consequences_and_requirements() {
    told(
        "amount 100 yuan",
        "amount 200 yuan",
        &["consequence 罚款 (fine): amount changed from “100 yuan” to “200 yuan”"],
    );
    told(
        "\"店长\" when",
        "\"区域经理\" when",
        &["consequence 罚款 (fine): whom it meets changed from “店长” to “区域经理”"],
    );
    told(
        "when total < 60",
        "when total < 65",
        &["consequence 罚款 (fine): condition changed from “总分 < 60” to “总分 < 65”"],
    );
    told(
        "fine \"罚款\"",
        "fine \"扣罚\"",
        &["consequence 扣罚 (fine): label changed from “罚款” to “扣罚”"],
    );
    told(
        "trained \"培训\" : late < 20",
        "trained \"培训\" : late < 15",
        &["requirement 培训 (trained): condition changed from “迟到 < 20” to “迟到 < 15”"],
    );
    told(
        "base * 10%",
        "base * 12%",
        &["figure of a row people.bonus: value changed from “底薪 * 10%” to “底薪 * 12%”"],
    );
    told(
        "amount 50 yuan",
        "amount 80 yuan",
        &["consequence 表扬 (people.praise): amount changed from “50 yuan” to “80 yuan”"],
    );
    told_zh(
        "amount 100 yuan",
        "amount 200 yuan",
        &["奖惩“罚款”（fine）：金额由“100元”改为“200元”"],
    );
}

#[test]
fn results_and_guarantees() {
    told(
        "    result strikes\n",
        "",
        &["result 次数 (strikes) is gone: value 次数"],
    );
    told(
        "share = late / (late + 1)",
        "share = late / (late + 2)",
        &["result share: value changed from “迟到 / (迟到 + 1)” to “迟到 / (迟到 + 2)”"],
    );
    told(
        "doubled = late * 2",
        "doubled = late * 3",
        &["result sums: entry changed from “doubled = 迟到 * 2” to “doubled = 迟到 * 3”"],
    );
    told(
        "{ late, doubled",
        "{ doubled",
        &["result sums: entry removed: late = 迟到"],
    );
    told(
        "    guarantee total never rises with late\n",
        "",
        &["guarantees: guarantee removed: guarantee 总分 never rises with late"],
    );
    told_zh(
        "    result strikes\n",
        "",
        &["删去结果“次数”（strikes）：算式 次数"],
    );
}

#[test]
fn articles() {
    told(
        "cite \"三、1\"",
        "cite \"三、一\"",
        &[
            "item 日常表现 (conduct): article changed from “三、1 (deduct 5 per 迟到 beyond 2 at most 30)” to “三、一 (deduct 5 per 迟到 beyond 2 at most 30)”",
        ],
    );
    told(
        "cite \"八\"",
        "cite \"八、1\"",
        &["consequence 罚款 (fine): article changed from “八” to “八、1”"],
    );
    // The lines that rest on the article of their block go with it.
    told(
        "cite \"四\"",
        "cite \"四、2\"",
        &["item 测评 (told): article changed from “四” to “四、2”"],
    );
    told(
        "to \"店长\" when total < 60 cite \"八\"",
        "to \"店长\" when total < 60",
        &["consequence 罚款 (fine): article removed: 八"],
    );
    let changed = changes(
        "deduct 5 per late beyond 2 at most 30 cite \"三、1\"",
        "deduct 6 per late beyond 2 at most 30 cite \"三、9\"",
    );
    let [change] = changed.as_slice() else {
        panic!("one change, not {changed:?}");
    };
    assert_eq!(change.old_article.as_deref(), Some("三、1"));
    assert_eq!(change.new_article.as_deref(), Some("三、9"));
    let span = change.old_span.unwrap();
    assert!(
        span.of(WHOLE).starts_with("deduct 5 per late"),
        "{}",
        span.of(WHOLE)
    );
}

#[test]
fn what_has_no_numbers() {
    told(
        "from \"问卷\"",
        "from \"电话\"",
        &[
            "indicator 响应速度 (speed): where figures come from removed: 问卷",
            "indicator 响应速度 (speed): where figures come from added: 电话",
        ],
    );
    told(
        "on day 25..28",
        "on day 20..28",
        &["step 收表 (monthly.collect): days changed from “on day 25..28” to “on day 20..28”"],
    );
    told(
        "by \"班组长\"",
        "by \"班组长\", \"工会\"",
        &["step 收表 (monthly.collect): by whom added: 工会"],
    );
    told(
        "within 3 days of collect",
        "within 5 days of collect",
        &[
            "step 上报 (monthly.report): days changed from “within 3 days of collect” to “within 5 days of collect”",
        ],
    );
    told(
        "kept for 2 years",
        "kept for 3 years",
        &["step 上报 (monthly.report): how long it is kept changed from “2 years” to “3 years”"],
    );
    told(
        "requires form \"评分表\"",
        "requires form \"签名表\"",
        &["step 收表 (monthly.collect): record changed from “评分表” to “签名表”"],
    );
    told_zh(
        "on day 25..28",
        "by day 28",
        &["步骤“收表”（monthly.collect）：期限由“25～28日”改为“不迟于28日”"],
    );
    told_zh(
        "within 3 days of collect",
        "within 5 days of collect",
        &["步骤“上报”（monthly.report）：期限由“自 collect 起 3天 内”改为“自 collect 起 5天 内”"],
    );
}

#[test]
fn readings() {
    told(
        "lenient \"从宽\"",
        "mild \"从宽\"",
        &[
            "reading 口径 (rule): alternative removed: 从宽",
            "reading 口径 (rule): alternative added: 从宽",
        ],
    );
    // What only another reading says differs under that one alone.
    told(
        "=> late - 1",
        "=> late - 2",
        &[
            "with rule read as lenient, figure 口径 (rule): value changed from “迟到 - 1” to “迟到 - 2”",
        ],
    );
    told(
        "strict \"从严\" => late,",
        "strict \"从严\" => late + 1,",
        &["figure 口径 (rule): value changed from “迟到” to “迟到 + 1”"],
    );
    told_zh(
        "=> late - 1",
        "=> late - 2",
        &["解读“rule”取“lenient”时，计算值“口径”（rule）：算式由“迟到 - 1”改为“迟到 - 2”"],
    );
}

#[test]
fn what_has_another_name_and_says_the_same_was_renamed() {
    let text = WHOLE.replace("strikes", "marks_off");
    let changes = difference(whole(), &scheme(&text));
    let told: Vec<String> = changes.iter().map(|change| change.words().en).collect();
    // The result comes out under the new name; its formula still is the same figure.
    assert_eq!(
        told,
        [
            "figure 次数 (marks_off) was called strikes, and is called marks_off",
            "result 次数 (marks_off) was called strikes, and is called marks_off",
        ]
    );
    let text = WHOLE.replace("late", "tardy");
    let changes = difference(whole(), &scheme(&text));
    let told: Vec<String> = changes.iter().map(|change| change.words().zh).collect();
    assert_eq!(told[0], "输入“迟到”（tardy）由“late”改名为“tardy”");
    // The name that data uses is what counts.
    let text = WHOLE
        .replace("late", "tardy")
        .replace("input tardy", "input tardy key late");
    let text = text.replace("{ tardy, doubled", "{ tardy key late, doubled");
    let told: Vec<String> = difference(whole(), &scheme(&text))
        .iter()
        .map(|change| change.words().en)
        .collect();
    assert_eq!(told, Vec::<String>::new());
}

#[test]
fn two_elements_of_one_list_are_told_apart() {
    let text = |condition: &str| {
        format!(
            "scheme s {{\n input a : list of points 0..9\n result n = sum of (sum of (if {condition} then 1 else 0 for y in a) for x in a)\n}}"
        )
    };
    let (one, other) = (scheme(&text("x < y")), scheme(&text("y < x")));
    assert_eq!(difference(&one, &other).len(), 1);
    let renamed = text("x < y").replace("x", "u");
    assert_eq!(difference(&one, &scheme(&renamed)), []);
}

/// Every scheme is compared so where its parts are at hand (`difference/tests.rs`); here from outside.
#[test]
fn layout_and_keyword_language_are_no_difference() {
    for slug in ["welfare-service-502030", "bank-branch-service"] {
        let written = preset(slug).unwrap();
        let tree = parse(written.text(), &Limits::default()).tree;
        for keywords in [Keywords::English, Keywords::Chinese] {
            let text = assize::syntax::format(&tree, written.text(), keywords);
            let again = scheme(&text);
            assert_eq!(difference(&written, &again), [], "{slug} {keywords:?}");
        }
    }
}
