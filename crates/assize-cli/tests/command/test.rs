//! `test`.

use super::{Folder, PUNCTUALITY};

const CASES: &str = r#"{"id": "none", "input": {"late": 0}, "expect": {"status": "ok", "attendance": "100", "grade": "合格"}}

{"id": "label", "input": {"人员": "甲", "迟到": "3"}, "expect": {"status": "ok", "total": "85", "grade": "不合格", "remark": "x"}, "ignore": ["remark"]}
{"id": "refused", "input": {"late": "三"}, "expect": {"status": "error", "code": "type", "field": "late"}}
{"scheme": "another", "input": {}, "expect": {"status": "ok"}}
"#;

#[test]
fn examples_and_cases_pass() {
    let folder = Folder::new(&[("a.scheme", PUNCTUALITY), ("cases.jsonl", CASES)]);
    let ran = folder.run("test .").ends(0);
    assert_eq!(ran.out, "4 passed, 0 failed\n");
    let ran = folder.run("test a.scheme --lang zh").ends(0);
    assert_eq!(ran.out, "通过 4 个，未通过 0 个\n");
    let folder = Folder::new(&[("a.scheme", PUNCTUALITY), ("a.cases.jsonl", CASES)]);
    let ran = folder.run("test .").ends(0);
    assert_eq!(ran.out, "4 passed, 0 failed\n");
}

#[test]
fn presets_pass() {
    // Eleven examples in the scheme, twenty lines in its cases.
    let folder = Folder::new(&[]);
    let ran = folder.run("test preset:welfare-service-502030").ends(0);
    assert_eq!(ran.out, "31 passed, 0 failed\n");
}

/// One wrong figure, one name that does not exist, one wrong status, one wrong key of the input.
const WRONG: &str = r#"{"id": "figure", "input": {"late": 1}, "expect": {"status": "ok", "total": "94"}}
{"id": "name", "input": {"late": 1}, "expect": {"status": "ok", "totel": "95"}}
{"id": "status", "input": {}, "expect": {"status": "ok", "total": "100"}}
{"input": {"late": 1, "lates": 1}, "expect": {"status": "ok", "total": "95"}}
"#;

#[test]
fn what_fails_is_told_with_its_place() {
    let folder = Folder::new(&[("a.scheme", PUNCTUALITY), ("cases.jsonl", WRONG)]);
    let ran = folder.run("test a.scheme").ends(1);
    let ran = ran.shows("FAILED cases.jsonl:1: figure\n    total: expected 94, got 95\n");
    let ran = ran.shows("totel: no such result comes out; did you mean `total`?");
    let ran = ran.shows("status: expected ok, got error (missing late: ");
    let ran = ran.shows("FAILED cases.jsonl:4: line 4\n");
    let ran = ran.shows("did you mean `late`?");
    assert!(ran.out.ends_with("1 passed, 4 failed\n"), "{}", ran.out);
    folder
        .run("test a.scheme --lang zh")
        .ends(1)
        .shows("total：应为 94，实为 95");
}

#[test]
fn an_example_that_fails_is_told_and_the_cases_are_run_all_the_same() {
    let wrong = PUNCTUALITY.replace("expect total = 90", "expect total = 91");
    let folder = Folder::new(&[("a.scheme", &wrong), ("cases.jsonl", CASES)]);
    let ran = folder.run("test a.scheme").ends(1);
    let ran = ran.shows("FAILED a.scheme:14: 两次\n").shows("91");
    assert!(ran.out.ends_with("3 passed, 1 failed\n"), "{}", ran.out);

    let folder = Folder::new(&[("a.scheme", &wrong), ("cases.jsonl", WRONG)]);
    let ran = folder.run("test a.scheme").ends(1);
    let ran = ran
        .shows("FAILED a.scheme:14: 两次\n")
        .shows("FAILED cases.jsonl:1: figure\n");
    assert!(ran.out.ends_with("0 passed, 5 failed\n"), "{}", ran.out);
}

#[test]
fn a_filter_runs_only_what_it_names() {
    let folder = Folder::new(&[("a.scheme", PUNCTUALITY), ("cases.jsonl", WRONG)]);
    let ran = folder.run("test a.scheme --filter 两次").ends(0);
    assert_eq!(ran.out, "1 passed, 0 failed\n");
    folder.run("test a.scheme --filter figure").ends(1);
    folder
        .run("test a.scheme --filter nothing")
        .ends(0)
        .says("no example and no case was run");
}

#[test]
fn each_format_names_what_failed() {
    let folder = Folder::new(&[("a.scheme", PUNCTUALITY), ("cases.jsonl", WRONG)]);
    let run = |format: &str| {
        let arguments = format!("test a.scheme --output-format {format}");
        folder.run(&arguments).ends(1)
    };
    let json = run("json").says("1 passed, 4 failed").json();
    assert_eq!(json["tests"][0]["status"], "passed");
    assert_eq!(json["tests"][1]["name"], "figure");
    assert_eq!(
        json["tests"][1]["differences"][0]["en"],
        "total: expected 94, got 95"
    );
    assert_eq!(json["summary"]["failed"], 4);
    run("junit")
        .shows("tests=\"5\" failures=\"4\"")
        .shows("<failure ");
    run("github").shows("::error file=cases.jsonl,line=1,title=figure::total: expected 94, got 95");
}

#[test]
fn what_cannot_be_run_ends_with_2() {
    let folder = Folder::new(&[("a.scheme", PUNCTUALITY), ("cases.jsonl", "{\"id\": 1}\n")]);
    folder
        .run("test a.scheme")
        .ends(2)
        .says("cases.jsonl, line 1: not a case");
    let broken = PUNCTUALITY.replace("per late", "per lateness");
    let folder = Folder::new(&[("a.scheme", &broken)]);
    folder
        .run("test a.scheme")
        .ends(2)
        .says("error[unknown-name]");
}

#[test]
fn text_is_told_from_a_figure() {
    let folder = Folder::new(&[
        ("a.scheme", PUNCTUALITY),
        (
            "a.cases.jsonl",
            "{\"input\":{\"late\":1},\"expect\":{\"status\":\"ok\",\"total\":95}}\n",
        ),
    ]);
    folder
        .run("test a.scheme")
        .ends(1)
        .shows("total: expected 95, got \"95\"");
}
