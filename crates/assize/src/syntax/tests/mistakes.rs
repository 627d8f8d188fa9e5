//! What authors write by mistake, and what they are told. The rows are those of the list of
//! mistakes that the design collected; codes and offered text are written by hand.

use super::super::mistakes::CODES;
use super::super::{Kind, codes, words};
use super::{clean, read, show};
use crate::diagnostic::Severity;

/// The one finding of a text: its code, and the text with the offered wording.
fn mended(text: &str) -> (&'static str, Option<String>) {
    let parsed = read(text);
    let all: Vec<&str> = parsed
        .diagnostics
        .iter()
        .map(|finding| finding.code.name)
        .collect();
    assert_eq!(all.len(), 1, "{text}\n{all:?}\n{:#?}", parsed.diagnostics);
    let finding = &parsed.diagnostics[0];
    assert!(finding.span.end as usize <= text.len() && finding.span.start <= finding.span.end);
    let mended = finding.fix.as_ref().map(|fix| {
        let mut mended = text.to_owned();
        mended.replace_range(fix.span.range(), &fix.replacement);
        mended
    });
    (finding.code.name, mended)
}

/// A statement that has the mistake, and what becomes of it with the offered wording.
fn statement(wrong: &str, code: &str, right: Option<&str>) {
    let text = format!("scheme s {{\n    {wrong}\n}}\n");
    let (found, mended) = mended(&text);
    assert_eq!(found, code, "{wrong}");
    let expected = right.map(|right| format!("scheme s {{\n    {right}\n}}\n"));
    assert_eq!(mended, expected, "{wrong}");
    if let Some(mended) = expected {
        clean(&mended);
    }
    let parsed = read(&text);
    assert!(
        parsed
            .tree
            .scheme
            .body
            .statements
            .iter()
            .any(|statement| matches!(statement.kind, Kind::Hole(_)))
            || show::tree(&parsed.tree).contains("HOLE"),
        "{wrong} is used all the same"
    );
}

fn in_item(wrong: &str, code: &str, right: Option<&str>) {
    let inside = |line: &str| format!("item z out of 10 {{\n        {line}\n    }}");
    statement(&inside(wrong), code, right.map(inside).as_deref());
}

fn in_grade(wrong: &str, code: &str, right: Option<&str>) {
    let inside = |line: &str| format!("grade by total {{\n        {line}\n    }}");
    statement(&inside(wrong), code, right.map(inside).as_deref());
}

#[test]
fn each_code_is_found_where_its_page_says() {
    for code in CODES {
        let found: Vec<&str> = read(code.wrong)
            .diagnostics
            .iter()
            .map(|finding| finding.code.name)
            .collect();
        assert_eq!(found, [code.name], "{}", code.wrong);
        clean(code.right);
        assert_eq!(code.severity, Severity::Error);
        assert!(
            code.name
                .chars()
                .all(|c| c.is_ascii_lowercase() || c == '-'),
            "{}",
            code.name
        );
        assert!(!code.page_en.is_empty() && !code.page_zh.is_empty());
    }
    let mut names: Vec<&str> = codes().iter().map(|code| code.name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), CODES.len());
}

#[test]
fn the_list_of_mistakes() {
    // 1, 2
    let zh =
        |line: &str| format!("输入 问题数 ： 次数\n    指标 z 满分10 {{\n        {line}\n    }}");
    statement(
        &zh("每问题数扣1"),
        "words-glued",
        Some(&zh("每 问题数 扣1")),
    );
    statement(
        &zh("每问题数 扣1分"),
        "words-glued",
        Some(&zh("每 问题数 扣1分")),
    );
    statement(
        &zh("扣1分每问题数"),
        "cause-first",
        Some(&zh("每 问题数 扣1分")),
    );
    statement(
        &zh("扣1分 每 问题数 "),
        "cause-first",
        Some(&format!(
            "{} ",
            zh("每 问题数 扣1分").split("\n    }").next().unwrap()
        ))
        .map(|s| format!("{s}\n    }}"))
        .as_deref(),
    );
    // 3
    in_grade(
        "优秀从95",
        "row-without-condition",
        Some("不低于95 为 优秀"),
    );
    // 4
    in_grade(
        "9-10 => excellent",
        "range-with-hyphen",
        Some("9..10 => excellent"),
    );
    statement(
        "input x : points 0-100",
        "range-with-hyphen",
        Some("input x : points 0..100"),
    );
    // 5
    statement("let x = 1,234.5", "thousands-comma", Some("let x = 1234.5"));
    statement(
        "let x = 1,234,567 + 1",
        "thousands-comma",
        Some("let x = 1234567 + 1"),
    );
    // 6
    statement(
        "let x “含“三个”字” = 1",
        "quote-inside-quote",
        Some("let x \"含“三个”字\" = 1"),
    );
    // 9, 10
    statement(
        "effective from 2012-1-1",
        "bad-date",
        Some("effective from 2012-01-01"),
    );
    statement(
        "effective from 2012/01/01",
        "bad-date",
        Some("effective from 2012-01-01"),
    );
    statement("自2012.1.1起施行", "bad-date", Some("自2012-01-01起施行"));
    statement("effective from 2023-02-30", "bad-date", None);
    // 11, 28
    statement("input when : flag", "reserved-word", None);
    statement("input 其余 : count", "reserved-word", None);
    statement("let per = 1", "reserved-word", None);
    // 12
    in_grade("from 95% -> 10", "expected-arrow", Some("from 95% => 10"));
    in_grade("from 95 优秀", "expected-arrow", Some("from 95 => 优秀"));
    in_grade("95分以上：优秀", "expected-arrow", Some("95分以上=>优秀"));
    // 13, 14
    in_item(
        "deduct 5 if late",
        "condition-with-if",
        Some("deduct 5 when late"),
    );
    in_item(
        "扣5分 若 迟到",
        "condition-with-if",
        Some("若 迟到 则 扣5分"),
    );
    in_item(
        "if late deduct 5",
        "if-without-then",
        Some("deduct 5 when late"),
    );
    in_item("若 迟到 扣5分", "if-without-then", Some("若 迟到 则 扣5分"));
    // 15, 16
    statement(
        "let x = a = b = c",
        "chained-comparison",
        Some("let x = a = b and b = c"),
    );
    statement(
        "let x = 1 < a < 5",
        "chained-comparison",
        Some("let x = 1 < a and a < 5"),
    );
    statement("let x = a == b", "operator-sign", Some("let x = a = b"));
    statement("let x = a && b", "operator-sign", Some("let x = a and b"));
    statement("let x = a != b", "operator-sign", Some("let x = a <> b"));
    // 17
    statement("// comment", "comment-sign", Some("# comment"));
    // 18, 19, 20
    statement(
        "item x out off 50 { start at 5 }",
        "misspelled-word",
        Some("item x out of 50 { start at 5 }"),
    );
    statement(
        "iten x out of 50 { start at 5 }",
        "misspelled-word",
        Some("item x out of 50 { start at 5 }"),
    );
    statement("input x count", "expected-colon", Some("input x : count"));
    // 21
    in_item(
        "deduct 1 per a deduct 2 per b",
        "second-statement",
        Some("deduct 1 per a ; deduct 2 per b"),
    );
    // 23
    statement(
        "let x = (1 + 2",
        "bracket-not-closed",
        Some("let x = (1 + 2)"),
    );
    // 24
    statement(
        "consequence fine amount ¥200 when a",
        "unit-before-figure",
        Some("consequence fine amount 200元 when a"),
    );
    statement("满分五十", "figure-in-words", Some("满分50"));
    statement("满分一百分", "figure-in-words", Some("满分100分"));
    in_item("扣二十五分", "figure-in-words", Some("扣25分"));
    in_grade(
        "a => 1 b => 2",
        "rows-not-separated",
        Some("a => 1 , b => 2"),
    );
    // 25
    statement(
        "let x = 1 cite 六、5",
        "article-without-quotes",
        Some("let x = 1 cite \"六、5\""),
    );
    // 26
    in_grade("from 95 and above 98 => a", "two-bounds", None);
    // 27
    statement("given a = 1", "misplaced-statement", None);
}

#[test]
fn statements_in_the_wrong_block() {
    statement("deduct 5", "misplaced-statement", None);
    statement("from 95 => a", "misplaced-statement", None);
    statement("missing => no value", "misplaced-statement", None);
    in_item("let x = 1", "misplaced-statement", None);
    in_item("from 95 => a", "misplaced-statement", None);
    in_grade("deduct 5 per a", "misplaced-statement", None);
    statement("x : count", "unreadable", Some("input x : count"));
    statement(
        "input g { input x : count }",
        "misplaced-statement",
        Some("input g { x : count }"),
    );
}

#[test]
fn figures_that_other_languages_write() {
    statement("let x = .5", "figure-form", Some("let x = 0.5"));
    statement("let x = 5. + 1", "figure-form", Some("let x = 5 + 1"));
    statement("let x = 05", "figure-form", Some("let x = 5"));
    statement("let x = 00.5", "figure-form", Some("let x = 0.5"));
    statement("let x = 1__0", "figure-form", Some("let x = 10"));
    statement("let x = 1e5", "figure-form", None);
    statement(
        "let x = 79228162514264337593543950336",
        "figure-not-exact",
        None,
    );
    statement(
        "let x = 0.00000000000000000000000000001",
        "figure-not-exact",
        None,
    );
}

#[test]
fn another_wording_is_offered() {
    let wording = |wrong: &str, right: &str| statement(wrong, "other-wording", Some(right));
    wording(
        "for each m in ms { let a = 1 }",
        "each m in ms { let a = 1 }",
    );
    wording("each m of ms { let a = 1 }", "each m in ms { let a = 1 }");
    wording("require x = a > 1", "require x : a > 1");
    wording(
        "let x = every c in cs is done",
        "let x = every c in cs has done",
    );
    wording("let x = all cs have done", "let x = every cs has done");
    wording(
        "let x = mean of xs ignoring missing",
        "let x = mean of xs skipping missing",
    );
    wording("let x = xs sort by y", "let x = xs sorted by y");
    wording(
        "let x = xs sorted by y descending",
        "let x = xs sorted by y highest first",
    );
    wording("let x = xs 排序 按 y 降序", "let x = xs 排序 按 y 由高到低");
    wording("let x = count(cs if late)", "let x = count(cs where late)");
    wording("let x = sqrt(y)", "let x = square root of(y)");
    wording(
        "input x : duration up to 30 min",
        "input x : duration up to 30 minutes",
    );
    wording(
        "input xs : list { a : count }",
        "input xs : list of { a : count }",
    );
    wording("reading r { a = 1 }", "reading r { a => 1 }");
    wording("edition of-1", "edition of of-1");
    wording("result y for m in ms { a }", "result y per m in ms { a }");
    let in_each = |line: &str| format!("each m in ms {{ {line} }}");
    wording(
        &in_each("run low = a < 1 restarts after 3"),
        &in_each("run low of a < 1 restarts after 3"),
    );
    wording(
        &in_each("carry b : money = 0 yuan to b + 1 yuan"),
        &in_each("carry b : money = 0 yuan becomes b + 1 yuan"),
    );
    let in_procedure = |line: &str| format!("procedure p {{ {line} }}");
    wording(
        &in_procedure("step a kept 3 years"),
        &in_procedure("step a kept for 3 years"),
    );
    wording(
        &in_procedure("step a on 25"),
        &in_procedure("step a on day 25"),
    );
}

#[test]
fn what_decides_about_people_is_said() {
    for wrong in [
        "let x = rank of score",
        "let x = rank of score in people",
        "let x = rank of score in people, ties share",
        "let x = rank of score in people, highest first",
        "let x = score 在 people 中的排名，由高到低",
        "let x = top 20% of people by score, ties all in",
        "let x = top 3 of people by score",
        "let x = people 按 score 前 3",
        "let x = split pool by score in people to 0.01",
        "let x = share of xs",
        "let x = 占比 (xs)",
    ] {
        statement(wrong, "not-said", None);
    }
}

#[test]
fn what_the_grown_language_refuses() {
    for (wrong, code) in [
        ("let x = count of emails where late", "unreadable"),
        ("let x = a ^ b ^ c", "unreadable"),
        ("input x : { a : count }", "unreadable"),
        ("input x : count in order", "misplaced-statement"),
        ("run low of a", "misplaced-statement"),
        ("step a on day 25", "misplaced-statement"),
        ("each m in ms { deduct 1 }", "misplaced-statement"),
        ("let x = 2024-05-01 25:00", "bad-date"),
        ("procedure p { step a on day 40 }", "bad-date"),
        (
            "procedure p { step a, by \"甲\", by \"乙\" }",
            "written-twice",
        ),
        ("table t by k, y { A => 5 }", "unreadable"),
        ("table t by k { A, from 4 => 5 }", "two-bounds"),
    ] {
        statement(wrong, code, None);
    }
}

#[test]
fn an_unreadable_statement_says_what_was_expected() {
    let message = |statement: &str| {
        let parsed = read(&format!("scheme s {{\n    {statement}\n}}\n"));
        assert_eq!(
            parsed.diagnostics.len(),
            1,
            "{statement}: {:#?}",
            parsed.diagnostics
        );
        (
            parsed.diagnostics[0].message.en.clone(),
            parsed.diagnostics[0].message.zh.clone(),
        )
    };
    assert_eq!(
        message("let x").0,
        "the statement ends after `let x`; I expected `=`, `per`, `by` or words in quotes"
    );
    assert_eq!(
        message("input x :").1,
        "语句到“input x :”就结束了，后面应有类型，如“次数”"
    );
    assert_eq!(
        message("assesses unit 5").0,
        "I expected `every month` or words in quotes here, not `5`"
    );
}

#[test]
fn a_lost_brace_costs_one_finding() {
    // 7
    let text = "scheme s {\n    item x out of 10 {\n        start at 10\n    grade by total {\n        from 9 => a\n        otherwise => b\n    }\n}\n";
    let parsed = read(text);
    assert_eq!(parsed.diagnostics.len(), 1, "{:#?}", parsed.diagnostics);
    let finding = &parsed.diagnostics[0];
    assert_eq!(finding.code.name, "block-not-closed");
    assert_eq!(
        finding.message.en,
        "the block `item x out of 10` opened on line 2 is not closed; by its indentation it ends before line 4"
    );
    let fix = finding.fix.as_ref().unwrap();
    let mut mended = text.to_owned();
    mended.replace_range(fix.span.range(), &fix.replacement);
    assert_eq!(show::tree(&clean(&mended).tree), show::tree(&parsed.tree));
}

#[test]
fn all_independent_mistakes_are_found_in_one_run() {
    let text = "scheme s {\n    let a = 1,234.5\n    input b count\n    item c out off 5 {\n        deduct 5 if late\n        start at 05\n    }\n    let \u{200B}d = 1\n    let e = 2 # \u{202E}x\n}\nlet f = 1\n";
    let parsed = read(text);
    let found: Vec<&str> = parsed
        .diagnostics
        .iter()
        .map(|finding| finding.code.name)
        .collect();
    assert_eq!(
        found,
        [
            "thousands-comma",
            "expected-colon",
            "misspelled-word",
            "condition-with-if",
            "figure-form",
            "invisible-character",
            "invisible-character",
            "outside-scheme",
        ]
    );
    let names: Vec<String> = parsed
        .tree
        .scheme
        .body
        .statements
        .iter()
        .filter_map(|statement| match &statement.kind {
            Kind::Hole(hole) => Some(
                hole.declares
                    .iter()
                    .map(|name| name.text.clone())
                    .collect::<String>(),
            ),
            _ => None,
        })
        .collect();
    assert_eq!(names, ["a", "b", "c", "d"]);
}

#[test]
fn the_table_of_words_says_what_the_grammar_says() {
    let grammar = include_str!("../../../grammar/words.pest");
    let mut rules = Vec::new();
    for line in grammar.lines().filter(|line| line.starts_with("kw_")) {
        let (rule, body) = line.split_once(" = @{ ").unwrap();
        let mut spellings = Vec::new();
        for alternative in body
            .trim_end_matches(" }")
            .replace(['(', ')'], "")
            .split(" | ")
        {
            let parts: Vec<&str> = alternative
                .split(" ~ ")
                .filter(|part| part.starts_with('"'))
                .map(|part| part.trim_matches('"'))
                .collect();
            spellings.push(parts.join(" "));
        }
        spellings.sort_unstable();
        rules.push((rule.to_owned(), spellings));
    }
    let table: Vec<(String, Vec<String>)> = words::TABLE
        .iter()
        .map(|entry| {
            let mut spellings: Vec<String> = entry
                .english
                .iter()
                .chain(entry.chinese)
                .map(|word| (*word).to_owned())
                .collect();
            spellings.sort_unstable();
            (entry.rule.to_owned(), spellings)
        })
        .collect();
    assert_eq!(rules, table);
    // Every word is read by its own rule, and what touches it decides whether it is one.
    for word in words::NEVER_NAMES {
        assert!(grammar.contains(&format!("\"{word}\"")), "{word}");
        let parsed = read(&format!("scheme s {{\n    let {word} = 1\n}}\n"));
        assert_eq!(parsed.diagnostics.len(), 1, "{word}");
        clean(&format!("scheme s {{\n    let {word}_x = 1\n}}\n"));
    }
}

#[test]
fn times_of_a_day_have_two_digits() {
    for written in [
        "2024-05-01 8:30",
        "2024-05-01 8时30分",
        "2024-05-01 8点30分",
        "2024-05-01　8：30",
    ] {
        statement(
            &format!("let d = {written}"),
            "bad-date",
            Some("let d = 2024-05-01 08:30"),
        );
    }
    statement(
        "let d = 2024年5月1日 8时30分5秒 + 1 days",
        "bad-date",
        Some("let d = 2024年5月1日 08:30:05 + 1 days"),
    );
    statement(
        "let d = 2024年5月1日16时",
        "bad-date",
        Some("let d = 2024年5月1日 16:00"),
    );
    let example = |time: &str| format!("example {{ given xs = [{{ at {time}, n 1 }}] }}");
    statement(
        &example("2024-05-01 8:30"),
        "bad-date",
        Some(&example("2024-05-01 08:30")),
    );
}
