//! How well examples try a scheme: edges worked by hand, changes that are known to survive, lines
//! that are known to be untried.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::arithmetic_side_effects,
    reason = "a test that cannot go on fails"
)]

use assize::Scheme;
use assize::outcome::{Outcome, ResultValue};
use assize::syntax::{Keywords, format};
use assize::trial::{Boundaries, Fate, RuleKind, boundaries, coverage, difference, mutants};

#[track_caller]
fn scheme(text: &str) -> Scheme {
    let checked = assize::check(text);
    let found: Vec<_> = checked
        .diagnostics
        .iter()
        .map(|found| &found.message.en)
        .collect();
    checked.scheme.unwrap_or_else(|| panic!("{found:#?}"))
}

/// The text with the generated examples in it.
fn with_examples(text: &str, made: &Boundaries) -> String {
    let end = text.rfind(['}', '｝']).unwrap();
    format!("{}\n{}\n{}", &text[..end], made.to_text(), &text[end..])
}

/// The generated examples are read back and pass.
#[track_caller]
fn passes(text: &str, made: &Boundaries) {
    let before = assize::check(text).examples.len();
    let whole = with_examples(text, made);
    let checked = assize::check(&whole);
    let misses: Vec<_> = checked
        .examples
        .iter()
        .flat_map(|example| &example.misses)
        .collect();
    assert!(
        checked.scheme.is_some(),
        "{whole}\n{:#?}",
        checked.diagnostics
    );
    assert!(misses.is_empty(), "{misses:#?}");
    assert_eq!(checked.examples.len(), before + made.cases.len());
}

/// Name, and one result or what came instead, of a case whose name has this part.
#[track_caller]
fn case(made: &Boundaries, part: &str, result: &str) -> String {
    let names: Vec<_> = made.cases.iter().map(|case| &case.name.zh).collect();
    let found = made.cases.iter().find(|case| case.name.zh.contains(part));
    let found = found.unwrap_or_else(|| panic!("{part} is not among {names:#?}"));
    match &found.outcome {
        Outcome::Ok(scored) => scored
            .get(result)
            .map_or_else(String::new, ResultValue::to_string),
        Outcome::NoResult(none) => none.reason.clone(),
        Outcome::Error(refusal) => format!("{} {}", refusal.code.name(), refusal.field),
    }
}

/// Total = max(0, 40 − 5 · late) + mystery, where a missing visit counts 60.
const HALL: &str = r#"scheme hall "大厅考评" {
    assesses hall "大厅" every month
    out of 100 cite "二"
    input late "迟到" : count, lower is better
    input mystery "暗访" : points 0..60, optional
    item conduct "日常" out of 40 cite "三" {
        start at 40
        deduct 5 per late
        not below 0 cite "三"
    }
    item visit "暗访得分" out of 60 cite "四" {
        score mystery
        missing => count as full assumed "未暗访的按满分计"
    }
    grade "等次" by total cite "五" {
        from 90   => 优秀
        from 60   => 合格
        otherwise => 不合格
    }
}
"#;

#[test]
fn edges_are_met_on_both_sides() {
    let made = boundaries(&scheme(HALL));
    // A hundredth is the step of points.
    assert_eq!(case(&made, "总分略低于90分：89.99分", "grade"), "合格");
    assert_eq!(case(&made, "总分恰好为90分", "grade"), "优秀");
    assert_eq!(case(&made, "总分略高于90分：90.01分", "grade"), "优秀");
    assert_eq!(case(&made, "总分略低于60分：59.99分", "grade"), "不合格");
    assert_eq!(case(&made, "总分恰好为60分", "grade"), "合格");
    // 40 − 5 · 8 = 0, and 40 − 5 · 9 = −5.
    assert_eq!(case(&made, "日常在取下限之前恰好为0分", "conduct"), "0");
    assert_eq!(
        case(&made, "日常在取下限之前略低于0分：-5分", "conduct"),
        "0"
    );
    assert_eq!(
        case(&made, "日常在取下限之前略高于0分：5分", "conduct"),
        "5"
    );
    passes(HALL, &made);
}

#[test]
fn bounds_missing_data_and_what_is_not_reached() {
    let made = boundaries(&scheme(HALL));
    assert_eq!(
        case(&made, "暗访为-0.01分，超出下限0分", "total"),
        "range mystery"
    );
    assert_eq!(
        case(&made, "暗访为60.01分，超出上限60分", "total"),
        "range mystery"
    );
    assert_eq!(case(&made, "暗访为上限60分", "visit"), "60");
    assert_eq!(case(&made, "缺暗访", "visit"), "60");
    // Nothing brings 40 − 5 · late above 40, or a visit out of its range.
    let unreached: Vec<_> = made.unreached.iter().map(|edge| &edge.words.zh).collect();
    let above = "日常在取上限之前：没有找到使其高于40分的数据";
    assert!(
        unreached.iter().any(|words| *words == above),
        "{unreached:#?}"
    );
    let text = made.to_text();
    assert!(text.contains(above));
    assert!(text.starts_with("# 由 assize test --generate 生成。"));
    assert!(text.contains("【待人工核对】"));
}

#[test]
fn what_examples_have_already_is_left_out() {
    let example = "    example \"两次\" {\n        given late = 2, mystery = 60\n        expect total = 90\n    }\n}";
    let text = HALL.trim_end().strip_suffix('}').unwrap().to_owned() + example;
    let made = boundaries(&scheme(&text));
    // 40 − 10 + 60 = 90 is that example; its neighbours are not.
    assert!(
        !made
            .cases
            .iter()
            .any(|case| case.name.zh.contains("总分恰好为90分"))
    );
    assert_eq!(case(&made, "总分略低于90分：89.99分", "grade"), "合格");
    assert!(made.known > 0);
    passes(&text, &made);
}

#[test]
fn two_counts_meet_an_edge_together() {
    // 100 − 7 · 2 − 11 = 75, and no number of sevens or elevens alone makes 25.
    let text = r#"scheme calls "来电" {
    input short, long : count
    item calls out of 100 cite "一" {
        start at 100
        deduct 7 per short
        deduct 11 per long
        not below 0 cite "一"
    }
    table band by calls { from 75 => 1, otherwise => 0 }
    result band_of = band of calls
}
"#;
    let made = boundaries(&scheme(text));
    assert_eq!(case(&made, "calls恰好为75分", "band_of"), "1");
    assert_eq!(case(&made, "calls恰好为75分", "calls"), "75");
    passes(text, &made);
}

#[test]
fn days_options_flags_alternatives_and_conditions() {
    let text = r#"scheme returns "退货" {
    choice kind "类别" { 普通, 生鲜 }
    input bought, sent "寄回日" : date
    input sort "类别" : kind
    input opened "已拆封" : flag
    input asked "已申请" : flag
    input reason "原因数" : count, only when asked
    input told either { phone "电话" : count; web "网上" : count }
    let fee "手续费" = if sent > bought + 7 days or opened then 5 yuan else 0 yuan
    result fee
    result many = if sort = 生鲜 then 0 else (if given reason then reason else 0)
    result ways = if given phone then phone else web
    refuse conflict sent when sent < bought
    example "当天寄回" {
        given bought = 2024-02-26, sent = 2024-02-26, sort = 普通, opened = no, asked = no, phone = 1
        expect fee = 0 yuan
    }
}
"#;
    let checked = assize::check(text);
    if checked.scheme.is_none() {
        panic!("{:#?}", checked.diagnostics);
    }
    let made = boundaries(&scheme(text));
    // 2024 is a leap year: seven days after 26 February is 4 March.
    assert_eq!(case(&made, "寄回日恰好为“bought + 7 days”", "fee"), "0");
    assert_eq!(case(&made, "寄回日略高于“bought + 7 days”", "fee"), "5");
    assert_eq!(case(&made, "寄回日略低于bought", "fee"), "conflict sent");
    assert_eq!(case(&made, "类别为生鲜", "many"), "0");
    assert_eq!(case(&made, "已拆封为是", "fee"), "5");
    assert_eq!(case(&made, "以网上填报", "ways"), "1");
    passes(text, &made);
}

#[test]
fn a_scheme_in_chinese_gets_examples_in_chinese() {
    let tree = assize::check(HALL).tree;
    let chinese = format(&tree, HALL, Keywords::Chinese);
    let made = boundaries(&scheme(&chinese));
    let text = made.to_text();
    assert!(
        text.contains("算例 \"总分恰好为90分\" {\n    已知 "),
        "{text}"
    );
    assert!(text.contains("    应得 拒收 range mystery\n"), "{text}");
    passes(&chinese, &made);
}

#[test]
fn the_same_scheme_gives_the_same_cases() {
    let (one, other) = (boundaries(&scheme(HALL)), boundaries(&scheme(HALL)));
    assert_eq!(one.to_text(), other.to_text());
}

#[test]
fn a_scheme_without_data_says_so() {
    let text = "scheme s {\n    input rows : list of { a : count }\n    result n = sum of rows.a\n    no result never when count of rows > 0\n}";
    let made = boundaries(&scheme(text));
    assert!(made.cases.is_empty());
    assert!(
        made.unreached[0]
            .words
            .en
            .contains("an example shows where to begin")
    );
}

/// The changes of a text that survive, in words.
fn survivors(text: &str) -> Vec<String> {
    let survives = |text: &str| Fate::of(&assize::check(text)) == Fate::Survives;
    assert!(survives(text), "{:#?}", assize::check(text).diagnostics);
    mutants(text)
        .into_iter()
        .filter(|mutant| survives(&mutant.text(text)))
        .map(|mutant| mutant.words.en)
        .collect()
}

const GRADED: &str = r#"scheme graded {
    input score : points 0..100
    grade by score {
        from 95   => 优秀
        otherwise => 合格
    }
    example "九十六分" {
        given score = 96
        expect grade = 优秀
    }
    example "八十分" {
        given score = 80
        expect grade = 合格
    }
    example "零分" {
        given score = 0
        expect grade = 合格
    }
    example "满分" {
        given score = 100
        expect grade = 优秀
    }
    example "超出" {
        given score = 100.5
        expect refused range score
    }
    example "不足" {
        given score = -0.5
        expect refused range score
    }
}
"#;

#[test]
fn an_edge_without_an_example_survives() {
    assert_eq!(
        survivors(GRADED),
        [
            "`from 95` becomes `above 95`",
            "`95` becomes `94`",
            "`95` becomes `96`"
        ]
    );
    // An example on the edge and one just below it notice all three.
    let edge = "    example \"95\" { given score = 95; expect grade = 优秀 }\n    example \"94.99\" { given score = 94.99; expect grade = 合格 }\n}";
    let text = GRADED.trim_end().strip_suffix('}').unwrap().to_owned() + edge;
    assert_eq!(survivors(&text), Vec::<String>::new());
}

#[test]
fn a_survivor_is_told_with_data_that_tells_it() {
    let scheme = scheme(GRADED);
    let made = boundaries(&scheme);
    let told = |from: &str, to: &str| {
        let changed = self::scheme(&GRADED.replace(from, to));
        difference(&scheme, &changed, &made).map(|words| words.en)
    };
    assert_eq!(
        told("from 95", "above 95").unwrap(),
        "with score = 95: grade is 优秀, and 合格 after the change"
    );
    assert_eq!(told("from 95", "from 95.000"), None);
}

#[test]
fn each_kind_of_change_is_made() {
    let text = r#"scheme all {
    out of 100 cite "一"
    input late : count up to 9
    input due, done : points 0.., optional
    input serious, minor : flag
    item conduct out of 60 cite "一" {
        start at 60
        deduct 1.5 per late
        add 2 when serious and not minor cite "一"
        round half up to 1 place
    }
    group visits out of 40 cite "二" {
        60% of due
        40% of done
        missing => weigh the rest equally cite "三"
        all missing => no result nothing
    }
    result share = round half up done / 3 to 2 places
    consequence fine amount 200 yuan when late > 3
    require calm : not serious
}
"#;
    let checked = assize::check(text);
    let errors: Vec<_> = checked
        .diagnostics
        .iter()
        .filter(|found| found.severity() == assize::diagnostic::Severity::Error)
        .collect();
    assert!(errors.is_empty(), "{errors:#?}");
    let all: Vec<String> = mutants(text)
        .into_iter()
        .map(|mutant| mutant.words.en)
        .collect();
    for wanted in [
        "`100` becomes `99`",
        "`100` becomes `101`",
        "`up to 9` becomes `below 9`",
        "`9` becomes `10`",
        "`1.5` becomes `1.4`",
        "`1.5` becomes `1.6`",
        "`deduct` becomes `add`",
        "`add` becomes `deduct`",
        "`deduct 1.5 per late` is left out",
        "`serious and not minor` becomes `serious or not minor`",
        "`round half up` becomes `round down`",
        "`round half up to 1 place` is left out",
        "`1` becomes `2`",
        "`60%` becomes `59%`",
        "`40% of done` is left out",
        "`weigh the rest equally` becomes `count as zero`",
        "`weigh the rest equally` becomes `share the missing weight in proportion`",
        "`all missing => no result nothing` is left out",
        "`round half up done / 3 to 2 places` becomes `(done / 3)`",
        "`200 yuan` becomes `199 yuan`",
        "`late > 3` becomes `late >= 3`",
        "`consequence fine amount 200 yuan when late > 3` is left out",
        "`require calm : not serious` is left out",
    ] {
        assert!(
            all.iter().any(|own| own == wanted),
            "{wanted} is not among {all:#?}"
        );
    }
}

#[test]
fn chinese_words_are_changed_too() {
    let text = "方案 s {\n    输入 迟到 : 次数\n    指标 日常 满分40分 {\n        起评40分\n        每 迟到 扣5分\n        最低0分\n    }\n    等级 按 总分 {\n        30分以上 为 优秀\n        其余 为 合格\n    }\n}\n";
    let _ = scheme(text);
    let all: Vec<String> = mutants(text)
        .into_iter()
        .map(|mutant| mutant.words.zh)
        .collect();
    for wanted in [
        "“扣”改为“加”",
        "“5分”改为“4分”",
        "“30分以上”改为“above 30分”",
        "删去“每 迟到 扣5分”",
        "“30分”改为“31分”",
    ] {
        assert!(
            all.iter().any(|own| own == wanted),
            "{wanted} is not among {all:#?}"
        );
    }
}

#[test]
fn what_is_claimed_or_not_taken_is_not_changed() {
    let text = r#"scheme claimed {
    input late : count
    item conduct out of 40 { start at 40; deduct late }
    reading fine { small => 1 + late, large => 77 + late }
    result fine
    guarantee conduct in 0..55
    example "一次" {
        given late = 33
        expect conduct = 7
    }
}
"#;
    let _ = scheme(text);
    let all: Vec<String> = mutants(text)
        .into_iter()
        .map(|mutant| mutant.words.en)
        .collect();
    assert!(
        all.iter().any(|words| words == "`1` becomes `2`"),
        "{all:#?}"
    );
    for other in ["55", "33", "77", "`7`"] {
        assert!(
            !all.iter().any(|words| words.contains(other)),
            "{other}: {all:#?}"
        );
    }
}

/// What no example makes act, as written.
fn untried(text: &str) -> Vec<String> {
    let coverage = coverage(&scheme(text), &[]);
    let untried = coverage.untried();
    untried.map(|rule| rule.span.of(text).to_owned()).collect()
}

const COVERED: &str = r#"scheme covered {
    out of 100 cite "一"
    choice level best first { 好, 中, 差 }
    input late : count
    input calls : count
    input quality : level
    input mystery, onsite : points 0..100, optional
    input serious : flag
    refuse range calls when calls > 900 cite "九"
    no result nobody when calls = 0
    item conduct out of 60 cite "二" {
        start at 60
        deduct 5 per late cite "二、1"
        add 10 when calls > 100
        not below 20
        round half up to a whole number
    }
    group visits out of 40 cite "三" {
        60% of mystery
        40% of onsite
        missing => weigh the rest equally cite "三、1"
        all missing => count as full
    }
    table worth_of by quality { 好 => 3, 中 => 2, 差 => 0 }
    result worth = worth_of of quality
    grade "等次" by total cite "四" {
        from 90   => 优秀
        from 60   => 合格
        otherwise => 不合格
        when serious => no better than 合格
    }
    consequence praise when grade = 优秀
    require calm : not serious
    example "一次" {
        given late = 1, calls = 50, quality = 好, mystery = 100, serious = no
        expect total = 95, grade = 优秀, worth = 3
    }
    example "无人来电" {
        given late = 0, calls = 0, quality = 中, serious = no
        expect no result nobody
    }
}
"#;

#[test]
fn lines_that_no_example_makes_act_are_told() {
    // 60 − 5 + 40 · 100/100 = 95: start, deduction, the missing rule, 好, 优秀 and praise act.
    assert_eq!(
        untried(COVERED),
        [
            "refuse range calls when calls > 900 cite \"九\"",
            "add 10 when calls > 100",
            "not below 20",
            "round half up to a whole number",
            "all missing => count as full",
            "中 => 2",
            "差 => 0",
            "from 60   => 合格",
            "otherwise => 不合格",
            "when serious => no better than 合格",
            "require calm : not serious",
        ]
    );
    let coverage = coverage(&scheme(COVERED), &[]);
    assert_eq!(coverage.trials, 2);
    let article = |kind: RuleKind| {
        let rule = coverage.rules.iter().find(|rule| rule.kind == kind);
        rule.unwrap().article.clone()
    };
    assert_eq!(article(RuleKind::Row), None);
    assert_eq!(article(RuleKind::Line).as_deref(), Some("二"));
    assert_eq!(article(RuleKind::Missing).as_deref(), Some("三、1"));
}

#[test]
fn further_subjects_make_rules_act() {
    use assize::input::Subject;
    let subject = Subject::new([("late", 9), ("calls", 101)])
        .with("quality", "差")
        .with("serious", true);
    let refused = Subject::new([("late", 0), ("calls", 901)]);
    let coverage = coverage(&scheme(COVERED), &[subject, refused]);
    // 60 − 45 + 10 = 25, and 40 for visits: 65, 合格 as it is.
    let untried: Vec<&str> = coverage
        .untried()
        .map(|rule| rule.span.of(COVERED))
        .collect();
    assert_eq!(
        untried,
        [
            "not below 20",
            "round half up to a whole number",
            "中 => 2",
            "otherwise => 不合格"
        ]
    );
}

#[test]
fn lines_for_each_row_count() {
    let text = r#"scheme rows {
    input people : list of { id : text unique, score : points 0..100 }
    each p in people {
        let band by score { from 60 => 1, otherwise => 0 }
        consequence praise when score >= 90
        consequence warn when score < 30
        require enough : score >= 10
        refuse range score when score = 77
    }
    result bands = people.band
    example "两人" {
        given people = [{ id 甲, score 95 }, { id 乙, score 61 }]
        expect bands = [1, 1]
    }
}
"#;
    assert_eq!(
        untried(text),
        [
            "otherwise => 0",
            "consequence warn when score < 30",
            "require enough : score >= 10",
            "refuse range score when score = 77",
        ]
    );
}
