//! What authors get wrong, and what they are told: the code, the place, the words in both
//! languages, and the text that mends it. The numbers are those of the list of mistakes that the
//! language was designed against; codes, places and mended texts are written by hand.

#![allow(clippy::panic, reason = "a test fails by panicking")]

use assize::diagnostic::{Diagnostic, Severity};
use assize::text::Words;

const INPUTS: &str = "    input late \"迟到\" : flag
    input issues \"问题数\", a, b, c : count
    input x \"得分\" : points 0..100
    input rate \"回复率\" : ratio 0%..100%
    input fine_base : money 0..
";

/// A scheme with these lines behind its inputs.
fn lines(lines: &str) -> String {
    format!("scheme s {{\n{INPUTS}    {lines}\n}}\n")
}

/// A scheme with this line in an item.
fn in_item(line: &str) -> String {
    lines(&format!(
        "item z \"服务\" out of 10 cite \"二\" {{\n        start at 10\n        {line}\n    }}"
    ))
}

/// A scheme with this line in a grade.
fn in_grade(line: &str) -> String {
    lines(&format!(
        "grade by x cite \"三\" {{\n        {line}\n        otherwise => 不合格\n    }}"
    ))
}

/// What a mistake must lead to.
struct Told<'t> {
    code: &'t str,
    /// The place, as it is written.
    at: &'t str,
    /// What the message and help must hold, in English and in Chinese.
    en: &'t [&'t str],
    zh: &'t [&'t str],
}

/// The one finding above a note in a scheme.
fn only(text: &str) -> Diagnostic {
    let mut found = assize::check(text).diagnostics;
    found.retain(|diagnostic| {
        diagnostic.severity() > Severity::Note && diagnostic.code.name != "unused"
    });
    let told: Vec<String> = found
        .iter()
        .map(|diagnostic| {
            format!(
                "{} `{}` {}",
                diagnostic.code.name,
                diagnostic.span.of(text),
                diagnostic.message
            )
        })
        .collect();
    assert_eq!(found.len(), 1, "{text}\n{}", told.join("\n"));
    found.remove(0)
}

/// Checks that a scheme has one finding, the one told.
fn finds(text: &str, told: &Told) -> Diagnostic {
    let found = only(text);
    assert_eq!(
        (found.code.name, found.span.of(text)),
        (told.code, told.at),
        "{text}"
    );
    let Words { en, zh } = &found.message;
    let help = found.help.clone().unwrap_or(Words {
        en: String::new(),
        zh: String::new(),
    });
    for wanted in told.en {
        assert!(
            format!("{en}; {}", help.en).contains(wanted),
            "{wanted} is not in: {en}; {}",
            help.en
        );
    }
    for wanted in told.zh {
        assert!(
            format!("{zh}；{}", help.zh).contains(wanted),
            "{wanted} is not in: {zh}；{}",
            help.zh
        );
    }
    found
}

/// Checks the finding, that its offered text gives the mended scheme, and that this has no error.
fn mends(text: &str, mended: &str, told: &Told) {
    let found = finds(text, told);
    let fix = found
        .fix
        .unwrap_or_else(|| panic!("no text is offered for {}\n{text}", told.code));
    let mut offered = text.to_owned();
    offered.replace_range(fix.span.range(), &fix.replacement);
    assert_eq!(offered, mended);
    let left: Vec<Diagnostic> = assize::check(&offered)
        .diagnostics
        .into_iter()
        .filter(|left| left.severity() == Severity::Error || left.code.name == told.code)
        .collect();
    assert!(left.is_empty(), "{offered}\n{left:#?}");
}

/// A mistake whose place is known, with what its message holds, in a line.
const fn told<'t>(code: &'t str, at: &'t str, en: &'t [&'t str], zh: &'t [&'t str]) -> Told<'t> {
    Told { code, at, en, zh }
}

/// Where a row of the list stands: in an item, in a grade, or in the scheme.
type Around = fn(&str) -> String;

#[test]
fn mistakes_with_a_text_to_write_instead() {
    let rows: &[(&str, Around, &str, &str, Told)] = &[
        (
            "1",
            in_item,
            "每issues扣1",
            "每 issues 扣1",
            told("words-glued", "每issues扣1", &["one word"], &["空"]),
        ),
        (
            "2",
            in_item,
            "扣1分每issues",
            "每 issues 扣1分",
            told("cause-first", "扣1分每issues", &["first"], &["先写"]),
        ),
        (
            "3",
            in_grade,
            "优秀从95",
            "不低于95 为 优秀",
            told(
                "row-without-condition",
                "优秀从95",
                &["condition", "=>"],
                &["条件 为 结果"],
            ),
        ),
        (
            "4",
            in_grade,
            "90-100 => 优秀",
            "90..100 => 优秀",
            told("range-with-hyphen", "90-100", &["two dots"], &["90..100"]),
        ),
        (
            "5",
            lines,
            "let q = 1,234.5",
            "let q = 1234.5",
            told("thousands-comma", "1,234.5", &["comma"], &["千分号"]),
        ),
        (
            "6",
            lines,
            "let q “含“三个”字” = 1",
            "let q \"含“三个”字\" = 1",
            told("quote-inside-quote", "“含“三个”字”", &["\"…\""], &["「…」"]),
        ),
        (
            "9",
            lines,
            "effective from 2012-1-1",
            "effective from 2012-01-01",
            told("bad-date", "2012-1-1", &["2012-01-01"], &["2012-01-01"]),
        ),
        (
            "10",
            lines,
            "effective from 2012/01/01",
            "effective from 2012-01-01",
            told("bad-date", "2012/01/01", &["2012-01-01"], &["2012-01-01"]),
        ),
        (
            "12",
            in_grade,
            "from 95 -> 优秀",
            "from 95 => 优秀",
            told("expected-arrow", "->", &["=>"], &["=>"]),
        ),
        (
            "13",
            in_item,
            "deduct 5 if late",
            "deduct 5 when late",
            told(
                "condition-with-if",
                "if",
                &["when", "not used"],
                &["不起作用", "所有人"],
            ),
        ),
        (
            "14",
            in_item,
            "if late deduct 5",
            "deduct 5 when late",
            told("if-without-then", "if late", &["then"], &["则"]),
        ),
        (
            "15",
            in_item,
            "deduct 5 when a = b = c",
            "deduct 5 when a = b and b = c",
            told("chained-comparison", "=", &["and"], &["且"]),
        ),
        (
            "16",
            in_item,
            "deduct 5 when a == b",
            "deduct 5 when a = b",
            told("operator-sign", "==", &["="], &["="]),
        ),
        (
            "16",
            in_item,
            "deduct 5 when late && a = b",
            "deduct 5 when late and a = b",
            told("operator-sign", "&&", &["and"], &["且"]),
        ),
        (
            "17",
            lines,
            "// comment",
            "# comment",
            told("comment-sign", "//", &["#"], &["#"]),
        ),
        (
            "18",
            lines,
            "item z out off 50 { start at 50 }",
            "item z out of 50 { start at 50 }",
            told("misspelled-word", "out off", &["out of"], &["out of"]),
        ),
        (
            "19",
            lines,
            "iten z out of 50 { start at 50 }",
            "item z out of 50 { start at 50 }",
            told("misspelled-word", "iten", &["item"], &["item"]),
        ),
        (
            "20",
            lines,
            "input q count",
            "input q : count",
            told("expected-colon", "count", &[":"], &["冒号"]),
        ),
        (
            "21",
            in_item,
            "deduct 1 per a deduct 2 per b",
            "deduct 1 per a ; deduct 2 per b",
            told(
                "second-statement",
                "deduct 2 per b",
                &["own line", ";"],
                &["另起一行", "分号"],
            ),
        ),
        (
            "23",
            lines,
            "let q = (1 + 2",
            "let q = (1 + 2)",
            told("bracket-not-closed", "(", &["not closed"], &["括号"]),
        ),
        (
            "24",
            lines,
            "consequence fine amount ¥200 when late",
            "consequence fine amount 200元 when late",
            told("unit-before-figure", "¥200", &["200 yuan"], &["200元"]),
        ),
        (
            "24",
            lines,
            "满分五十",
            "满分50",
            told("figure-in-words", "满分五十", &["50"], &["50"]),
        ),
        (
            "25",
            in_item,
            "deduct 1 per issues cite 六、5",
            "deduct 1 per issues cite \"六、5\"",
            told("article-without-quotes", "六、5", &["quotes"], &["引号"]),
        ),
    ];
    for (row, around, wrong, right, told) in rows {
        println!("row {row}");
        let mended = around(right);
        mends(&around(wrong), &mended, told);
    }
}

#[test]
fn rows_of_a_table_on_one_line() {
    let text = |rows: &str| {
        format!(
            "scheme s {{\n    choice kind {{ 甲, 乙 }}\n    input k : kind\n    table t by k {{ {rows} }}\n    result points = t of k\n}}\n"
        )
    };
    mends(
        &text("甲 => 1 乙 => 2"),
        &text("甲 => 1 , 乙 => 2"),
        &told("rows-not-separated", "乙 => 2", &["comma"], &["逗号"]),
    );
}

#[test]
fn row_7_a_brace_that_is_forgotten() {
    let text = |brace: &str| {
        format!(
            "scheme s {{\n    input issues : count\n    item z out of 10 cite \"二\" {{\n        start at 10\n        deduct 1 per issues\n{brace}    grade by total cite \"三\" {{\n        from 9 => 优\n        otherwise => 劣\n    }}\n}}\n"
        )
    };
    let found = finds(
        &text(""),
        &told(
            "block-not-closed",
            "item z out of 10 cite \"二\" {",
            &["item z", "not closed"],
            &["右花括号"],
        ),
    );
    let fix = found.fix.unwrap();
    let mut mended = text("");
    mended.replace_range(fix.span.range(), &fix.replacement);
    assert!(assize::check(&mended).scheme.is_some(), "{mended}");
}

#[test]
fn mistakes_that_the_author_must_decide() {
    let rows: &[(&str, Around, &str, Told)] = &[
        (
            "8",
            lines,
            "result q = bank-outlet-service + 1",
            told(
                "unknown-name",
                "bank-outlet-service",
                &["bank-outlet-service", "hyphen subtracts"],
                &["连字符", "减号"],
            ),
        ),
        (
            "11",
            lines,
            "input when : flag",
            told(
                "reserved-word",
                "when",
                &["`when`", "cannot be a name"],
                &["保留词"],
            ),
        ),
        (
            "28",
            lines,
            "input 其余 : count",
            told(
                "reserved-word",
                "其余",
                &["`其余`", "cannot be a name"],
                &["保留词"],
            ),
        ),
        (
            "26",
            in_grade,
            "from 95 and above 98 => 优秀",
            told(
                "two-bounds",
                "from 95 and above 98",
                &["a lower and an upper", "from 70 below 90"],
                &["一个是下限，一个是上限", "70分以上不满90分"],
            ),
        ),
        (
            "27",
            lines,
            "given a = 1",
            told(
                "misplaced-statement",
                "given a = 1",
                &["example"],
                &["算例"],
            ),
        ),
    ];
    for (row, around, wrong, told) in rows {
        println!("row {row}");
        assert_eq!(finds(&around(wrong), told).fix, None);
    }
}

#[test]
fn row_22_a_value_that_an_if_leaves_out() {
    let text = |rule: &str| {
        format!(
            "scheme s {{\n    input a \"已检查\" : flag\n    input issues : count\n    let x \"扣分\" = if a then issues{rule}\n    item y \"标准\" out of 10 cite \"二\" {{\n        start at 10\n        deduct x\n    }}\n}}\n"
        )
    };
    let wrong = text("");
    let found = finds(
        &wrong,
        &told(
            "missing-without-rule",
            "item y \"标准\" out of 10 cite \"二\"",
            &[
                "已检查 → 扣分 → 标准:",
                "标准 does not say",
                "missing =>",
                "else",
            ],
            &["已检查 → 扣分 → 标准：", "标准没有写", "缺项", "否则"],
        ),
    );
    let places: Vec<&str> = found
        .labels
        .iter()
        .map(|label| label.span.of(&wrong))
        .collect();
    assert_eq!(places, ["let x \"扣分\" = if a then issues", "a"]);
    assert!(assize::check(&text(" else 0")).scheme.is_some());
}

#[test]
fn figures_without_their_percent_sign() {
    let group = |weight: &str| {
        lines(&format!(
            "group g cite \"二\" {{\n        {weight} of x\n        50% of y\n    }}"
        ))
        .replace("0..100\n", "0..100\n    input y : points 0..100\n")
    };
    mends(
        &group("50"),
        &group("50%"),
        &told("weight-without-percent", "50", &["50%"], &["50%"]),
    );
    mends(
        &group("0.5"),
        &group("50%"),
        &told("weight-without-percent", "0.5", &["50%"], &["50%"]),
    );
    let band = |bound: &str| {
        in_item("").replace("start at 10", &format!("score by rate {{\n            from {bound} => 10\n            otherwise => 0\n        }}"))
    };
    mends(
        &band("90"),
        &band("90%"),
        &told("percent-against-number", "90", &["90%"], &["90%"]),
    );
    mends(
        &in_item("deduct 5 when x < 90%"),
        &in_item("deduct 5 when x < 90"),
        &told(
            "percent-against-number",
            "x < 90%",
            &["`x` (points)", "`90%` (a ratio)"],
            &["“x”（分值）", "“90%”（比率）"],
        ),
    );
    mends(
        &in_item("deduct 5 when issues / a < 90"),
        &in_item("deduct 5 when issues / a < 90%"),
        &told("percent-against-number", "90", &["90%"], &["90%"]),
    );
}

#[test]
fn bands_that_are_written_twice_or_meet() {
    let found = finds(
        &in_grade("from 95 => 优秀\n        from 95 => 合格"),
        &told(
            "line-never-holds",
            "from 95 => 合格",
            &["same bound"],
            &["同样的界限"],
        ),
    );
    assert_eq!(found.labels.len(), 1);
    finds(
        &in_grade("from 90 => 合格\n        from 95 => 优秀"),
        &told(
            "line-never-holds",
            "from 95 => 优秀",
            &["greater figure stands first"],
            &["数大的写在上面"],
        ),
    );
    finds(
        &in_grade("otherwise => 合格\n        from 95 => 优秀"),
        &told(
            "line-never-holds",
            "from 95 => 优秀",
            &["`otherwise` stands last"],
            &["“其余”应写在最后"],
        ),
    );
    finds(
        &in_grade("from 105 => 优秀"),
        &told(
            "line-never-holds",
            "from 105 => 优秀",
            &["between 0 and 100"],
            &["0 到 100 之间"],
        ),
    );
    // 以上 and 以下 both include their figure.
    finds(
        &in_grade("90分以上 为 优秀\n        90分以下 为 合格"),
        &told(
            "lines-overlap",
            "90分以下 为 合格",
            &["90 fits"],
            &["90 同时符合", "含本数", "不满"],
        ),
    );
    finds(
        &in_grade("90..100 => 优秀\n        60..90 => 合格"),
        &told(
            "lines-overlap",
            "60..90 => 合格",
            &["90 fits"],
            &["90 同时符合"],
        ),
    );
}

#[test]
fn values_without_a_line() {
    let table = |rows: &str| {
        lines(&format!(
            "table t \"标准\" by x {{\n        {rows}\n    }}\n    result q = t of x"
        ))
    };
    finds(
        &table("90..100 => 5\n        0..80 => 1"),
        &told(
            "lines-incomplete",
            "table t \"标准\" by x",
            &["no line holds for 85"],
            &["可能出现 85"],
        ),
    );
    finds(
        &table("from 60 => 5"),
        &told(
            "lines-incomplete",
            "table t \"标准\" by x",
            &["no line holds for 0", "otherwise"],
            &["可能出现 0", "其余"],
        ),
    );
    let choice = "scheme s {\n    choice kind best first { 甲, 乙, 丙 }\n    input k : kind\n    table t by k {\n        甲 => 1\n        丙 => 2\n    }\n    result q = t of k\n}\n";
    finds(
        choice,
        &told(
            "lines-incomplete",
            "table t by k",
            &["no line holds for 乙"],
            &["没有写这些选项：乙"],
        ),
    );
}

#[test]
fn names_that_differ_by_one_sign() {
    mends(
        &in_item("deduct 1 per isues"),
        &in_item("deduct 1 per issues"),
        &told(
            "unknown-name",
            "isues",
            &["`isues` is not declared", "`issues`"],
            &["“isues”没有声明过", "“issues”"],
        ),
    );
    let zh = |name: &str| {
        format!(
            "方案 s {{\n    输入 问题项数 : 次数\n    指标 z 满分10分 条款 \"二\" {{\n        起评10分\n        每 {name} 扣1分\n    }}\n}}\n"
        )
    };
    mends(
        &zh("问题数"),
        &zh("问题项数"),
        &told(
            "unknown-name",
            "问题数",
            &["`问题项数`"],
            &["是否想写“问题项数”"],
        ),
    );
    let twins = |other: &str| {
        format!(
            "scheme s {{\n    input score, {other} : count\n    result all = score + {other}\n}}\n"
        )
    };
    finds(
        &twins("s\u{441}ore"),
        &told(
            "names-look-alike",
            "input score, s\u{441}ore : count",
            &["look alike", "U+0441"],
            &["看起来一样", "U+0441"],
        ),
    );
    assert!(assize::check(&twins("scores")).diagnostics.is_empty());
}

#[test]
fn rules_behind_a_closing_brace() {
    let item = "item z out of 10 cite \"二\" {\n        start at 10\n    }";
    finds(
        &lines(&format!("{item}\n    deduct 1 per issues")),
        &told(
            "misplaced-statement",
            "deduct 1 per issues",
            &["belongs inside an `item`", "not used"],
            &["指标", "不起作用"],
        ),
    );
    finds(
        &format!("{}deduct 1 per issues\n", lines(item)),
        &told(
            "outside-scheme",
            "deduct 1 per issues",
            &["closing brace", "not used"],
            &["右花括号之后", "不起作用"],
        ),
    );
}

#[test]
fn an_optional_input_without_a_rule() {
    let text = |rule: &str| {
        format!(
            "scheme s {{\n    input found \"问题数\" : count, optional\n    let lost = found * 2\n    item z \"标准\" out of 10 cite \"二\" {{\n        start at 10\n        deduct lost{rule}\n    }}\n    grade by total cite \"三\" {{\n        from 9 => 优\n        otherwise => 劣\n    }}\n}}\n"
        )
    };
    finds(
        &text(""),
        &told(
            "missing-without-rule",
            "item z \"标准\" out of 10 cite \"二\"",
            &["问题数 → lost → 标准:", "标准 does not say"],
            &["问题数 → lost → 标准：", "标准没有写"],
        ),
    );
    assert!(
        assize::check(&text("\n        missing => count as full"))
            .scheme
            .is_some()
    );
    assert!(
        assize::check(&text("").replace(", optional", ""))
            .scheme
            .is_some()
    );
}

#[test]
fn figures_of_different_kinds() {
    finds(
        &in_item("deduct 1 per x"),
        &told(
            "per-needs-a-count",
            "x",
            &["points", "per full 10 of X"],
            &["分值", "每满 10"],
        ),
    );
    finds(
        &lines("result q = x + fine_base"),
        &told(
            "units-mixed",
            "x + fine_base",
            &["`x` (points)", "`fine_base` (money)"],
            &["“x”（分值）", "“fine_base”（金额）"],
        ),
    );
    finds(
        &in_item("deduct 200 yuan per issues"),
        &told(
            "units-mixed",
            "200 yuan",
            &["money", "points"],
            &["金额", "分值"],
        ),
    );
    finds(
        &in_item("deduct 5 when issues"),
        &told(
            "not-a-condition",
            "issues",
            &["a count", "condition"],
            &["次数", "条件"],
        ),
    );
}

#[test]
fn a_table_and_its_key_the_wrong_way_round() {
    let text = |lookup: &str| {
        lines(&format!(
            "table band \"档次\" by x {{\n        from 60 => 5\n        otherwise => 1\n    }}\n    result q = {lookup}"
        ))
    };
    mends(
        &text("x of band"),
        &text("band of x"),
        &told(
            "unknown-name",
            "x of band",
            &["no table `x`", "`band of x`"],
            &["没有名为“x”的对照表", "前后写反了"],
        ),
    );
    mends(
        &text("band 的 x"),
        &text("x 的 band"),
        &told(
            "unknown-name",
            "band 的 x",
            &["no table `x`"],
            &["前后写反了，请写“x 的 band”"],
        ),
    );
}

#[test]
fn a_quotient_of_counts_as_a_score() {
    let score = |figure: &str| in_item("").replace("start at 10", &format!("score {figure}"));
    finds(
        &score("a / b"),
        &told(
            "percent-against-number",
            "a / b",
            &["a ratio", "60 * done / due"],
            &["比率", "60 * 已完成 / 应完成"],
        ),
    );
    assert!(assize::check(&score("a / b * 10")).scheme.is_some());
    assert!(assize::check(&score("10 * a / b")).scheme.is_some());
}

#[test]
fn limits_out_of_reach_and_rules_against_their_direction() {
    finds(
        &in_item("deduct 5 when x > 900"),
        &told(
            "comparison-never-changes",
            "x > 900",
            &["never holds", "between 0 and 100"],
            &["永远不成立", "0 到 100 之间"],
        ),
    );
    finds(
        &in_item("").replace("start at 10", "start at 1"),
        &told(
            "marks-out-of-reach",
            "item z \"服务\" out of 10 cite \"二\"",
            &["out of 10", "1 at most"],
            &["满分 10", "最多得 1"],
        ),
    );
    finds(
        &in_item("").replace("start at 10", "start at 100"),
        &told(
            "marks-exceeded",
            "start at 100",
            &["gives 100", "out of 10"],
            &["给 100 分", "满分 10"],
        ),
    );
    finds(
        &in_item("add 1 per issues")
            .replace("start at 10", "start at 5")
            .replace("a, b, c : count", "a, b, c : count, lower is better"),
        &told(
            "rule-against-direction",
            "add 1 per issues",
            &["lower is better"],
            &["越低越好"],
        ),
    );
}

#[test]
fn a_whole_figure_between_two_bands() {
    let text = |rows: &str| {
        lines(&format!(
            "input n : points 1..10\n    table t by n read from the lower end {{\n        {rows}\n    }}\n    result q = t of n"
        ))
    };
    finds(
        &text("7..10 => 3\n        1..4 => 1"),
        &told(
            "lines-incomplete",
            "table t by n read from the lower end",
            &["no line names 5"],
            &["没有一行写到 5"],
        ),
    );
    finds(
        &text("5..10 => 3\n        1..5 => 1"),
        &told("lines-overlap", "1..5 => 1", &["5 fits"], &["5 同时符合"]),
    );
    assert!(
        assize::check(&text("5..10 => 3\n        1..4 => 1"))
            .scheme
            .is_some()
    );
}

#[test]
fn an_item_without_its_first_line() {
    let text = in_item("deduct 1 per issues").replace("        start at 10\n", "");
    finds(
        &text,
        &told(
            "score-never-changes",
            "item z \"服务\" out of 10 cite \"二\"",
            &["always 0", "start at"],
            &["总是 0", "起评"],
        ),
    );
    // What a rule for missing data gives hides nothing.
    let optional = "scheme s {\n    input found : count, optional\n    item z out of 10 cite \"二\" {\n        deduct 1 per found\n        missing => count as full\n    }\n}\n";
    finds(
        optional,
        &told(
            "score-never-changes",
            "item z out of 10 cite \"二\"",
            &["always 0"],
            &["总是 0"],
        ),
    );
}

#[test]
fn an_example_that_contradicts_the_rules() {
    let text = |expected: &str| {
        let body = in_item("deduct 2 per issues");
        let example = format!(
            "    example \"三处问题\" {{\n        given late = no, issues = 3, a = 0, b = 0, c = 0, x = 0, rate = 1, fine_base = 0\n        expect z = {expected}\n    }}\n}}\n"
        );
        format!("{}{example}", body.strip_suffix("}\n").unwrap())
    };
    let wrong = text("7");
    let found = finds(
        &wrong,
        &told(
            "example-fails",
            "z",
            &["z = 7", "gives 4"],
            &["z = 7", "给出的是 4"],
        ),
    );
    let places: Vec<&str> = found
        .labels
        .iter()
        .map(|label| label.span.of(&wrong))
        .collect();
    assert_eq!(places, ["item z \"服务\" out of 10 cite \"二\""]);
    assert!(assize::check(&text("4")).scheme.is_some());
}

#[test]
fn phrases_of_regulations() {
    let rows: &[(Around, &str, &str, &str)] = &[
        (
            in_item,
            "deduct 1 per issues max 5",
            "deduct 1 per issues at most 5",
            "max",
        ),
        (in_item, "min 0", "not below 0", "min"),
        (
            in_grade,
            "from 90 => 优秀\n        else => 合格\n",
            "from 90 => 优秀\n        otherwise => 合格\n",
            "else",
        ),
        (
            in_grade,
            "90以上 为 优秀\n        否则 为 合格",
            "90以上 为 优秀\n        其余 为 合格",
            "否则",
        ),
        (
            in_item,
            "每发生一起issues扣1分",
            "每 issues 扣1分",
            "每发生一起issues扣1分",
        ),
        (
            in_item,
            "每出现1次 issues 扣1分",
            "每 issues 扣1分",
            "每出现1次",
        ),
        (
            in_item,
            "每 issues 扣1分，扣完为止",
            "每 issues 扣1分；最低0分",
            "扣完为止",
        ),
        (
            in_item,
            "每 issues 扣1分 封顶5分",
            "每 issues 扣1分 最多5分",
            "封顶5分",
        ),
        (in_item, "每 issues 减1分", "每 issues 扣1分", "减1分"),
        (
            in_item,
            "若 x 低于 60 则 扣5分",
            "若 x < 60 则 扣5分",
            "低于",
        ),
        (
            in_item,
            "若 x 不超过60 则 扣5分",
            "若 x <= 60 则 扣5分",
            "不超过60",
        ),
        (
            in_item,
            "deduct 5 when x below 60",
            "deduct 5 when x < 60",
            "below",
        ),
        (
            in_item,
            "如果 x 大于3 或者 late，那么 扣5分",
            "若 x > 3 或 late，则 扣5分",
            "如果",
        ),
        (
            in_grade,
            "如果 late 则 最高评为 不合格",
            "若 late 则 最高评为 不合格",
            "如果",
        ),
        (
            lines,
            "输入 z ： 分值 0至100",
            "输入 z ： 分值 0..100",
            "至100",
        ),
    ];
    for (around, written, mended, at) in rows {
        let text = around(written);
        let found = assize::check(&text).diagnostics;
        let found: Vec<&Diagnostic> = found
            .iter()
            .filter(|found| found.code.name == "other-wording")
            .collect();
        assert_eq!(found.len(), 1, "{text}: {found:#?}");
        for found in found {
            assert_eq!(found.span.of(&text), *at);
            let fix = found
                .fix
                .as_ref()
                .unwrap_or_else(|| panic!("no fix: {text}"));
            let mut offered = text.clone();
            offered.replace_range(fix.span.range(), &fix.replacement);
            assert_eq!(offered, around(mended));
        }
    }
}

#[test]
fn a_head_that_cannot_be_read_hides_how_much_the_weights_are() {
    for wrong in [
        "out of 100\nitem a out of 60 cite 二 { score x }\nitem b out of 40 cite \"三\" { score x }",
        "group g {\n60% oof x\n40% of x\n}",
        "group g {\n60% of xx\n40% of x\n}",
    ] {
        let text = lines(wrong);
        let found = assize::check(&text).diagnostics;
        let codes: Vec<&str> = found.iter().map(|found| found.code.name).collect();
        assert!(!codes.contains(&"weights-not-whole"), "{text}: {codes:?}");
    }
}

#[test]
fn an_item_that_uses_the_total_is_one_finding() {
    let text = "scheme s {\n    out of 10\n    input x : points 0..10\n    item a out of 10 cite \"二\" {\n        score x\n        deduct total * 10%\n    }\n}\n";
    finds(
        text,
        &told(
            "circular-figures",
            "item a out of 10 cite \"二\"",
            &["`a` needs"],
            &["“a”要用"],
        ),
    );
}

#[test]
fn a_score_that_data_can_raise_above_the_marks() {
    let text = |score: &str| {
        format!(
            "scheme s {{\n    input x, y : points 0..100\n    item z out of 60 cite \"二\" {{\n        {score}\n    }}\n    result y\n}}\n"
        )
    };
    finds(
        &text("score x * 60"),
        &told(
            "marks-exceeded",
            "score x * 60",
            &["up to 6000", "`%` missing"],
            &["最多可得 6000 分", "漏写"],
        ),
    );
    finds(
        &text("score x"),
        &told("marks-exceeded", "score x", &["up to 100"], &["100 分"]),
    );
    // x - 40 % of x is 60 at most, though bounds alone would say 100.
    for right in [
        "score x * 60%",
        "score x - x * 40%",
        "score x; not above 60",
        "score x; multiply by 0.6",
        "score x; may exceed",
        "score x * 30% + y * 30%",
    ] {
        let found = assize::check(&text(right)).diagnostics;
        assert!(found.is_empty(), "{right}: {found:#?}");
    }
}

#[test]
fn a_label_or_key_where_the_name_belongs() {
    let text =
        lines("输入 抽查 代码 spot “抽查成绩” ： 次数\n    result q = issues + 抽查成绩 + spot");
    let found = assize::check(&text).diagnostics;
    let fixes: Vec<&str> = found
        .iter()
        .filter(|found| found.code.name == "unknown-name")
        .filter_map(|found| found.fix.as_ref())
        .map(|fix| fix.replacement.as_str())
        .collect();
    assert_eq!(fixes, ["抽查", "抽查"], "{found:#?}");
}

#[test]
fn a_deduction_per_flag_is_one_finding() {
    finds(
        &in_item("deduct 1 per late"),
        &told(
            "per-needs-a-count",
            "late",
            &["yes/no", "when late"],
            &["“是否”", "若 late 则"],
        ),
    );
}

#[test]
fn a_flag_compared_with_true() {
    mends(
        &in_item("deduct 5 when late = true"),
        &in_item("deduct 5 when late = yes"),
        &told("unknown-name", "true", &["`yes`"], &["“是”"]),
    );
}

#[test]
fn a_type_that_there_is_not() {
    finds(
        &lines("输入 z ： 整数\n    result z"),
        &told(
            "unknown-name",
            "整数",
            &["no type", "count, number"],
            &["没有名为“整数”", "次数、数值"],
        ),
    );
}

/// Chinese words stand in Chinese quotes, and a name never runs into the words around it.
#[test]
fn chinese_messages_quote_in_chinese() {
    for code in assize::codes() {
        for found in assize::check(code.wrong).diagnostics {
            let labels = found.labels.iter().map(|label| &label.words);
            for words in [&found.message]
                .into_iter()
                .chain(&found.help)
                .chain(labels)
            {
                assert!(!words.zh.contains('`'), "{}: {}", code.name, words.zh);
            }
        }
    }

    let checked = assize::check(
        "scheme s {
    assesses unit every month
    input n \"迟到\" : count
    input late : flag
    input parts { a : points 0..10 }
    result n
}",
    );
    let scheme = checked.scheme.unwrap();
    let prepared = scheme.prepare(assize::input::Subject::default()).unwrap();
    for (row, told) in [
        (r#"{"n": "3x", "late": "否", "parts": {"a": 1}}"#, "“3x”"),
        (r#"{"n": 3, "late": "也许", "parts": {"a": 1}}"#, "“也许”"),
        (r#"{"n": 3, "late": "否", "parts": "甲"}"#, "“甲”"),
    ] {
        let row: assize::input::Subject = serde_json::from_str(row).unwrap();
        let assize::outcome::Outcome::Error(refusal) = prepared.evaluate(&row) else {
            panic!("{told} is taken");
        };
        assert!(refusal.message.zh.contains(told), "{}", refusal.message.zh);
        assert!(!refusal.message.zh.contains('`'), "{}", refusal.message.zh);
    }

    let zh = only(&lines(
        "group z \"巡查\" out of 10 cite \"一\" {\n        item p out of 4 { start at 4 }\n        item q out of 5 { start at 5 }\n    }",
    ))
    .message
    .zh;
    assert!(zh.starts_with("“巡查”的权重"), "{zh}");
}

/// Forms that regulations use, each with the text to write instead.
#[test]
fn what_regulations_write_otherwise() {
    let rows: &[(Around, &str, &str, Told)] = &[
        (
            in_grade,
            "大于等于90 为 合格",
            "不低于90 为 合格",
            told("unreadable", "大于等于", &["from"], &["“不低于90”"]),
        ),
        (
            in_grade,
            "大于 90分 => 合格",
            "高于 90分 => 合格",
            told("unreadable", "大于", &["above"], &["“高于90分”"]),
        ),
        (
            in_grade,
            "不小于90 为 合格",
            "不低于90 为 合格",
            told("unreadable", "不小于", &["from"], &["“不低于90”"]),
        ),
        (
            in_grade,
            "95分以上（含95分） 为 合格",
            "95分以上 为 合格",
            told("unreadable", "（含95分）", &["included"], &["“以上”"]),
        ),
        (
            in_grade,
            "90（含）以上 为 合格",
            "90以上 为 合格",
            told("unreadable", "（含）", &["included"], &["“以上”"]),
        ),
        (
            in_grade,
            "90分以上（不含90分） 为 合格",
            "高于90分 为 合格",
            told(
                "unreadable",
                "90分以上（不含90分）",
                &["above"],
                &["“高于90分”"],
            ),
        ),
        (
            lines,
            "group z cite \"二\" { 60% x; 40% of issues }",
            "group z cite \"二\" { 60% of x; 40% of issues }",
            told("unreadable", "60% x", &["60% of x"], &["x 占60%"]),
        ),
        (
            lines,
            "input c : points（0，30）",
            "input c : points 0..30",
            told("unreadable", "（0，30）", &["0..30"], &["0..30"]),
        ),
        (
            lines,
            "输入 c : 分值[0，100]",
            "输入 c : 分值 0..100",
            told("unreadable", "[0，100]", &["0..100"], &["0..100"]),
        ),
        (
            lines,
            "assesses unit every decade",
            "assesses unit",
            told("unreadable", "every decade", &["every month"], &["每月"]),
        ),
        (
            lines,
            "考核 单位 每旬",
            "考核 单位",
            told("unreadable", "每旬", &["every month"], &["每月"]),
        ),
        (
            lines,
            "考核 单位 每学期",
            "考核 单位 每半年",
            told("unreadable", "每学期", &["every half year"], &["每半年"]),
        ),
    ];
    for (around, written, mended, told) in rows {
        let found = finds(&around(written), told);
        let fix = found.fix.unwrap_or_else(|| panic!("no text for {written}"));
        let mut offered = around(written);
        offered.replace_range(fix.span.range(), &fix.replacement);
        assert_eq!(offered, around(mended));
        let left = assize::syntax::parse(&offered, &assize::text::Limits::default());
        assert!(left.diagnostics.is_empty(), "{offered}");
    }
}
