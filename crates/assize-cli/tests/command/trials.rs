//! `test --coverage`, `test --mutate` and `test --generate`.

use super::{Folder, PUNCTUALITY};

/// 30 times late: 100 − 150 is lifted to 0.
const CASE: &str = r#"{"id": "thirty", "input": {"late": 30}, "expect": {"status": "ok", "attendance": "0"}}
"#;

#[test]
fn coverage_tells_what_neither_examples_nor_cases_make_act() {
    // The example is twice late: 90, 合格. Nothing reaches the floor or 不合格.
    let folder = Folder::new(&[("a.scheme", PUNCTUALITY)]);
    let ran = folder.run("test a.scheme --coverage").ends(0);
    assert_eq!(
        ran.out,
        "a.scheme: 3 of 5 rules act in 1 examples and cases\n    \
         a.scheme:8: line 〔二〕 not below 0\n    \
         a.scheme:12: row 〔三〕 otherwise => 不合格\n"
    );
    folder.write("cases.jsonl", CASE);
    let ran = folder.run("test a.scheme --coverage --lang zh").ends(0);
    assert_eq!(ran.out, "a.scheme：2 个算例和用例触及 5 条规则中的 5 条\n");
}

#[test]
fn coverage_as_json() {
    let folder = Folder::new(&[("a.scheme", PUNCTUALITY)]);
    let json = folder
        .run("test a.scheme --coverage --output-format json")
        .ends(0)
        .json();
    let scheme = &json["schemes"][0];
    assert_eq!(scheme["trials"], 1);
    assert_eq!(scheme["untried"][0]["line"], 8);
    assert_eq!(scheme["untried"][1]["kind"], "row");
    assert_eq!(scheme["untried"][1]["article"], "三");
    assert_eq!(json["summary"]["rules"], 5);
    assert_eq!(json["summary"]["acted"], 3);
}

#[test]
fn changes_that_nothing_notices_are_findings() {
    let folder = Folder::new(&[("a.scheme", PUNCTUALITY)]);
    let ran = folder.run("test a.scheme --mutate").ends(1);
    // 90 is tried, and no figure just below it.
    let ran = ran.shows("NOT NOTICED a.scheme:11:14: `90` becomes `89`\n    | from 90   => 合格\n");
    let json = folder
        .run("test a.scheme --mutate --output-format json")
        .ends(1)
        .json();
    let count = |name: &str| json["summary"][name].as_u64().unwrap();
    let caught = [
        "refused",
        "by_example",
        "by_guarantee",
        "by_case",
        "survived",
    ];
    assert_eq!(caught.map(count).iter().sum::<u64>(), count("changes"));
    let survivors = json["schemes"][0]["survivors"].as_array().unwrap();
    assert_eq!(u64::try_from(survivors.len()).unwrap(), count("survived"));
    let told = survivors.iter().filter(|own| own["line"] == 8);
    let changes: Vec<&str> = told
        .map(|own| own["change"]["en"].as_str().unwrap())
        .collect();
    // Nobody is late so often that the floor is reached.
    assert_eq!(
        changes,
        [
            "`not below 0` is left out",
            "`0` becomes `-1`",
            "`0` becomes `1`"
        ]
    );
    assert!(ran.out.contains("by nothing"), "{}", ran.out);

    // The case at the floor notices that it would be 1; at −1 the full marks of the item hold it
    // at 0, as without the line.
    folder.write("cases.jsonl", CASE);
    let json = folder
        .run("test a.scheme --mutate --output-format json")
        .ends(1)
        .json();
    assert_eq!(json["summary"]["by_case"], 1);
    let survivors = json["schemes"][0]["survivors"].as_array().unwrap();
    let floor = survivors.iter().filter(|own| own["line"] == 8);
    let floor: Vec<_> = floor.map(|own| &own["difference"]).collect();
    assert!(
        floor.iter().all(|difference| difference.is_null()),
        "{floor:?}"
    );
    assert_eq!(floor.len(), 2);
}

#[test]
fn a_scheme_that_notices_everything_is_clean() {
    let text = "scheme s {\n    input score : points\n    result x = score > 5\n    example \"5\" { given score = 5; expect x = no }\n    example \"5.5\" { given score = 5.5; expect x = yes }\n}\n";
    let folder = Folder::new(&[("a.scheme", text)]);
    // 5 → 4, 5 → 6 and > → >= are all noticed.
    let ran = folder.run("test a.scheme --mutate").ends(0);
    assert_eq!(
        ran.out,
        "a.scheme: 3 changes: 0 refused by the check, 3 noticed by examples, 0 by guarantees, 0 by cases, 0 by nothing\n"
    );
    let ran = folder
        .run("test a.scheme --mutate --limit 2 --lang zh")
        .ends(0);
    assert!(
        ran.out.ends_with("；另有 1 处未试（--limit）\n"),
        "{}",
        ran.out
    );
}

#[test]
fn what_fails_by_itself_is_not_changed() {
    let wrong = PUNCTUALITY.replace("expect total = 90", "expect total = 91");
    let folder = Folder::new(&[("a.scheme", &wrong)]);
    folder
        .run("test a.scheme --mutate")
        .ends(1)
        .says("its own examples fail");
}

#[test]
fn generated_examples_pass_where_they_are_put() {
    let folder = Folder::new(&[("a.scheme", PUNCTUALITY)]);
    let ran = folder.run("test a.scheme --generate").ends(0);
    // 100 − 5 · 3 = 85 and 100 − 5 = 95; twice is an example already.
    let ran = ran
        .says("to be confirmed by a person")
        .shows("【待人工核对】")
        .shows("总分略低于90分：85分")
        .shows("given late = 3\n    expect attendance = 85, total = 85, grade = 不合格")
        .shows("日常在取下限之前恰好为0分".replace("日常", "出勤").as_str())
        .shows("given late = 20\n");
    folder
        .run("test a.scheme --generate --output made.txt")
        .ends(0);
    assert_eq!(folder.read("made.txt"), ran.out);
    let (head, _) = PUNCTUALITY.rsplit_once('}').unwrap();
    folder.write("a.scheme", format!("{head}{}}}\n", ran.out));
    let count = ran.out.matches("\nexample ").count();
    let ran = folder.run("test a.scheme").ends(0);
    assert_eq!(
        ran.out,
        format!("{} passed, 0 failed\n", count.saturating_add(1))
    );
}

#[test]
fn wrong_use_of_reports() {
    let folder = Folder::new(&[("a.scheme", PUNCTUALITY)]);
    folder.run("test a.scheme --mutate --coverage").ends(2);
    folder.run("test a.scheme --output made.txt").ends(2);
    folder.run("test a.scheme --limit 3").ends(2);
    folder
        .run("test a.scheme --coverage --output-format junit")
        .ends(2)
        .says("write --output-format pretty or json");
    let broken = PUNCTUALITY.replace("per late", "per lateness");
    let folder = Folder::new(&[("a.scheme", &broken)]);
    for flag in ["--mutate", "--coverage", "--generate"] {
        folder
            .run(&format!("test a.scheme {flag}"))
            .ends(2)
            .says("error[unknown-name]");
    }
}

#[test]
fn rules_of_a_scheme_that_is_extended_have_no_line_here() {
    let base = PUNCTUALITY.replace("    example \"两次\" {\n        given late = 2\n        expect total = 90, grade = 合格\n    }\n", "");
    let own = "scheme local {\n    extends punctuality\n    consequence praise when late = 0\n    example \"两次\" {\n        given late = 2\n        expect total = 90\n    }\n}\n";
    let folder = Folder::new(&[("punctuality.scheme", &base), ("local.scheme", own)]);
    let ran = folder.run("test local.scheme --coverage").ends(0);
    let ran = ran.shows("local.scheme:3: consequence consequence praise when late = 0\n");
    ran.shows("local.scheme:taken over: line 〔二〕 not below 0\n");
}
