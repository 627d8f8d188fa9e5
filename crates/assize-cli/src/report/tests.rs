//! Each format on the same small schemes. The expected text was read off the schemes by hand.

use assize::diagnostic::{Code, Diagnostic, Severity};
use assize::text::{Language, Span, Words};

use super::*;
use crate::visible;

static SUM: Code = Code {
    name: "weights-not-whole",
    severity: Severity::Error,
    page_en: "The weights of a group do not add up to 100%. Change one of them.",
    page_zh: "一组权重之和不是 100%。请改其中之一。",
    wrong: "scheme a {\n}",
    right: "scheme b {\n}",
};
static LATE: Code = Code {
    name: "condition-with-if",
    severity: Severity::Warning,
    page_en: "A condition after a rule begins with `when`.",
    page_zh: "条件写在前。",
    wrong: "",
    right: "",
};

const SCHEME: &str = "方案 demo “示例” {\n    组 检查 {\n        40% 的 暗访\n        50% 的 监控\n    }\n\tdeduct 5 if late\n}\n";

fn words(en: &str, zh: &str) -> Words {
    Words {
        en: en.to_owned(),
        zh: zh.to_owned(),
    }
}

fn place(text: &str, marked: &str) -> Span {
    let start = text
        .find(marked)
        .expect("the marked text stands in the scheme");
    Span::new(start as u32, (start + marked.len()) as u32)
}

fn findings() -> Vec<Diagnostic> {
    vec![
        Diagnostic::new(
            &SUM,
            place(SCHEME, "检查"),
            words("The weights add up to 90%.", "权重之和为 90%。"),
        )
        .with_label(place(SCHEME, "40%"), words("40%", "占 40%"))
        .with_label(place(SCHEME, "50%"), words("and 50%", "占 50%")),
        Diagnostic::new(
            &LATE,
            place(SCHEME, "if late"),
            words(
                "A condition after a rule begins with `when`.",
                "条件写在前。",
            ),
        )
        .with_help(words("Write `when`, 100% of the time.", "请写“当”。"))
        .with_fix(place(SCHEME, "if"), "when"),
    ]
}

fn shown(
    format: Format,
    path: &str,
    text: &str,
    diagnostics: &[Diagnostic],
    language: Language,
) -> String {
    let files = [FileFindings {
        path,
        text,
        diagnostics,
    }];
    let settings = Settings {
        language,
        colour: false,
        fail_level: Severity::Error,
    };
    let mut out = Vec::new();
    write(&mut out, format, &files, settings).expect("memory does not fail");
    String::from_utf8(out).expect("reports are UTF-8")
}

#[test]
fn full_marks_chinese_text_in_its_columns() {
    let text = shown(
        Format::Full,
        "示例.scheme",
        SCHEME,
        &findings(),
        Language::Chinese,
    );
    insta::assert_snapshot!(text, @r"
    错误[weights-not-whole]: 权重之和为 90%。
     --> 示例.scheme:2:7
      |
    2 |     组 检查 {
      |        ^^^^
    3 |         40% 的 暗访
      |         --- 占 40%
    4 |         50% 的 监控
      |         --- 占 50%

    警告[condition-with-if]: 条件写在前。
     --> 示例.scheme:6:11
      |
      |
    6 |     deduct 5 if late
      |              ^^^^^^^
    建议: 请写“当”。
      |
    6 -     deduct 5 if late
    6 +     deduct 5 when late
      |
    ");
}

#[test]
fn full_cuts_a_long_line_and_keeps_its_column() {
    let line = format!("{}错{}", "a".repeat(500), "分".repeat(500));
    let finding = Diagnostic::new(&LATE, place(&line, "错"), words("Wrong.", "错。"))
        .with_fix(place(&line, "错"), "对");
    let text = shown(
        Format::Full,
        "x.scheme",
        &line,
        &[finding],
        Language::English,
    );
    insta::assert_snapshot!(text, @r"
    warning[condition-with-if]: Wrong.
     --> x.scheme:1:501
      |
      |
    1 | …aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa错分分分分分分分分分分分分分分分分分分分分分分分分分分分分分分分分分分分分分分分…
      |                                ^^
    help: write instead: 对
    ");
}

#[test]
fn full_shows_distant_places_and_added_lines() {
    let text = format!("item x {{\n{}grade", "    # note\n".repeat(60));
    let end = text.len() as u32;
    let finding = Diagnostic::new(
        &SUM,
        place(&text, "x {"),
        words("Not closed.", "缺右花括号。"),
    )
    .with_label(
        Span::new(end - 5, end),
        words("ends before this", "到此为止"),
    )
    .with_fix(Span::new(end - 5, end - 5), "}\n");
    let text = shown(
        Format::Full,
        "x.scheme",
        &text,
        &[finding],
        Language::English,
    );
    insta::assert_snapshot!(text, @r"
    error[weights-not-whole]: Not closed.
      --> x.scheme:1:6
       |
     1 | item x {
       |      ^^^
       |
       |
    62 | grade
       | ----- ends before this
    help: write instead
       |
    62 + }
       |
    ");
}

#[test]
fn no_format_passes_on_what_acts_on_a_terminal() {
    let scheme = "# \u{1b}]0;x\u{7}\u{9b}2J\u{202e}\u{0}\ndeduct 5 if late\u{1b}[2J";
    let hostile = Diagnostic::new(
        &LATE,
        Span::new(0, scheme.len() as u32),
        words("a\u{1b}[31m\u{85}\u{2028}", "\u{1b}[31m"),
    )
    .with_label(place(scheme, "late"), words("\u{9b}1m", "\u{9b}1m"))
    .with_help(words("\u{1b}c\r", "\u{1b}c"))
    .with_fix(place(scheme, "if"), "\u{1b}[5m");
    let formats = [
        Format::Full,
        Format::Concise,
        Format::Json,
        Format::Sarif,
        Format::Junit,
        Format::Github,
    ];
    for format in formats {
        let text = shown(
            format,
            "a\u{1b}[1m\n.scheme",
            scheme,
            std::slice::from_ref(&hostile),
            Language::English,
        );
        let acting: Vec<char> = text
            .chars()
            .filter(|&c| c != '\n' && visible::misleads(c))
            .collect();
        assert!(acting.is_empty(), "{format:?} {acting:?}\n{text}");
        assert!(text.contains("1b"), "{format:?} shows the escape\n{text}");
    }
}

#[test]
fn concise_is_one_line_for_each_finding() {
    let text = shown(
        Format::Concise,
        "示例.scheme",
        SCHEME,
        &findings(),
        Language::English,
    );
    insta::assert_snapshot!(text, @r"
    示例.scheme:2:7: error[weights-not-whole]: The weights add up to 90%.
    示例.scheme:6:11: warning[condition-with-if]: A condition after a rule begins with `when`.
    ");
}

#[test]
fn json_has_characters_and_bytes_and_both_languages() {
    let text = shown(
        Format::Json,
        "示例.scheme",
        SCHEME,
        &findings(),
        Language::English,
    );
    let report: serde_json::Value = serde_json::from_str(&text).expect("valid JSON");
    assert_eq!(report["schema_version"], 1);
    let second = &report["findings"][1];
    // "方案 demo “示例” {\n" has 27 bytes, "    组 检查 {\n" 17, the weights 23 each, "    }\n" 6.
    assert_eq!(second["start"]["offset"], 27 + 17 + 23 + 23 + 6 + 10);
    assert_eq!(
        (&second["start"]["line"], &second["start"]["column"]),
        (&6.into(), &11.into())
    );
    assert_eq!(second["end"]["column"], 18);
    assert_eq!(second["message"]["zh"], "条件写在前。");
    assert_eq!(second["help"]["en"], "Write `when`, 100% of the time.");
    assert_eq!(second["fix"]["replacement"], "when");
    assert_eq!(
        report["findings"][0]["labels"][1]["message"]["zh"],
        "占 50%"
    );
    assert!(report["findings"][0].get("fix").is_none());
    assert_eq!(report["summary"]["warnings"], 1);
}

#[test]
fn sarif_has_rules_results_and_corrections() {
    let text = shown(
        Format::Sarif,
        "schemes/示 例.scheme",
        SCHEME,
        &findings(),
        Language::Chinese,
    );
    let log: serde_json::Value = serde_json::from_str(&text).expect("valid JSON");
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
    let results = run["results"].as_array().expect("results");
    assert_eq!((rules.len(), results.len()), (2, 2));
    for result in results {
        let rule = &rules
            [usize::try_from(result["ruleIndex"].as_u64().expect("an index")).expect("small")];
        assert_eq!(rule["id"], result["ruleId"]);
        assert_eq!(rule["defaultConfiguration"]["level"], result["level"]);
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(
            place["artifactLocation"]["uri"],
            "schemes/%E7%A4%BA%20%E4%BE%8B.scheme"
        );
    }
    let change = &results[1]["fixes"][0]["artifactChanges"][0]["replacements"][0];
    let deleted =
        serde_json::json!({"startLine": 6, "startColumn": 11, "endLine": 6, "endColumn": 13});
    assert_eq!(change["deletedRegion"], deleted);
    assert_eq!(change["insertedContent"]["text"], "when");
    assert_eq!(
        results[0]["relatedLocations"][1]["message"]["text"],
        "占 50%"
    );
    assert_eq!(results[1]["message"]["text"], "条件写在前。\n请写“当”。");
}

#[test]
fn junit_reads_back() {
    use quick_xml::events::Event;

    let mut found = findings();
    found[0].message = words("<90> & \"ok\" ]]>\u{1}", "");
    let text = shown(
        Format::Junit,
        "a&b.scheme",
        SCHEME,
        &found,
        Language::English,
    );
    let mut reader = quick_xml::Reader::from_str(&text);
    let mut seen = Vec::new();
    loop {
        let (tag, names): (_, &[&str]) = match reader.read_event().expect("well-formed XML") {
            Event::Eof => break,
            Event::Start(tag) => match tag.name().as_ref() {
                "testsuite" => (tag, &["name", "tests", "failures"]),
                "testcase" => (tag, &["name"]),
                "failure" => (tag, &["message", "type"]),
                _ => continue,
            },
            _ => continue,
        };
        for name in names {
            let value = tag
                .try_get_attribute(name)
                .expect("attributes")
                .expect("present");
            seen.push(
                value
                    .normalized_value(quick_xml::XmlVersion::Explicit1_0)
                    .expect("text")
                    .into_owned(),
            );
        }
    }
    assert_eq!(
        seen,
        [
            "a&b.scheme",
            "2",
            "1",
            "weights-not-whole 2:7",
            r#"<90> & "ok" ]]>\u{1}"#,
            "weights-not-whole",
            "condition-with-if 6:11",
        ]
    );
    insta::assert_snapshot!(shown(Format::Junit, "a.scheme", SCHEME, &[], Language::English), @r#"
    <?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="assize check" tests="1" failures="0" errors="0">
      <testsuite name="a.scheme" tests="1" failures="0" errors="0">
        <testcase classname="a.scheme" name="check"/>
      </testsuite>
    </testsuites>
    "#);
}

#[test]
fn github_escapes_its_separators() {
    let text = shown(
        Format::Github,
        "a,b:c.scheme",
        SCHEME,
        &findings(),
        Language::English,
    );
    insta::assert_snapshot!(text, @r"
    ::error file=a%2Cb%3Ac.scheme,line=2,endLine=2,col=7,endColumn=9,title=weights-not-whole::The weights add up to 90%25.
    ::warning file=a%2Cb%3Ac.scheme,line=6,endLine=6,col=11,endColumn=18,title=condition-with-if::A condition after a rule begins with `when`.%0AWrite `when`, 100%25 of the time.
    ");
}

#[test]
fn ten_thousand_findings_in_a_line_of_a_megabyte_are_quick() {
    let text = "满分 ".repeat(1 << 17);
    let found: Vec<_> = (0..10_000_u32)
        .map(|n| Diagnostic::new(&SUM, Span::new(n * 84, n * 84 + 6), words("m", "m")))
        .collect();
    for format in [
        Format::Full,
        Format::Concise,
        Format::Json,
        Format::Sarif,
        Format::Junit,
        Format::Github,
    ] {
        let begun = std::time::Instant::now();
        let report = shown(format, "a.scheme", &text, &found, Language::English);
        assert!(
            begun.elapsed().as_secs() < 30,
            "{format:?} {:?}",
            begun.elapsed()
        );
        assert!(report.len() < 10 << 20, "{format:?} {}", report.len());
    }
}

#[test]
fn colour_follows_the_terminal_and_no_color() {
    let set = Some(OsStr::new("1"));
    assert!(Colour::Auto.is_on(true, None));
    assert!(Colour::Auto.is_on(true, Some(OsStr::new(""))));
    assert!(!Colour::Auto.is_on(true, set));
    assert!(!Colour::Auto.is_on(false, None));
    assert!(Colour::Always.is_on(false, set));
    assert!(!Colour::Never.is_on(true, None));

    let files = [FileFindings {
        path: "a",
        text: SCHEME,
        diagnostics: &findings(),
    }];
    let settings = Settings {
        language: Language::English,
        colour: true,
        fail_level: Severity::Error,
    };
    let mut out = Vec::new();
    write(&mut out, Format::Full, &files, settings).expect("memory does not fail");
    assert!(String::from_utf8(out).expect("UTF-8").contains("\u{1b}["));
}

#[test]
fn the_summary_counts() {
    let files = [
        FileFindings {
            path: "a",
            text: SCHEME,
            diagnostics: &findings(),
        },
        FileFindings {
            path: "b",
            text: "",
            diagnostics: &[],
        },
    ];
    let counts = Counts::of(&files);
    assert_eq!(counts.words().en, "1 error, 1 warning in 2 files");
    assert_eq!(counts.words().zh, "2 个文件，1 个错误，1 个警告");
    let clean = Counts::of(&files[1..]);
    assert_eq!(clean.words().en, "no findings in 1 file");
    assert_eq!(clean.words().zh, "1 个文件，未发现问题");
}
