//! `prove`: properties with their verdicts, counter-examples that can be scored again, and a scheme
//! as a text for a solver.

use super::Folder;

const POSTED: &str = r#"scheme notices "公告" {
    input late "迟到" : count
    item posted "公告" out of 20 cite "二" {
        start at 20
        deduct 3 per late
    }
    guarantee posted never rises with late
}
"#;

const LISTED: &str = r#"scheme marks "得分" {
    input marks "各次得分" : list of points 0..10
    result mean = mean of marks
}
"#;

#[test]
fn a_scheme_for_a_solver() {
    let folder = Folder::new(&[("notices.scheme", POSTED)]);
    let ran = folder.run("prove notices.scheme --emit smt2").ends(0);
    let first = ran.out.clone();
    ran.shows("(declare-const |input late| Int)")
        .shows("; guarantee posted never rises with late\n; more of 迟到\n(push 1)\n")
        .shows("(check-sat)\n(pop 1)\n");
    assert_eq!(folder.run("prove notices.scheme --emit smt2").out, first);
    folder
        .run("prove preset:bank-outlet-service --emit smt2")
        .ends(0)
        .shows("(define-fun |result total| () Real");
}

/// Nothing is written where something cannot be said.
#[test]
fn a_list_cannot_be_said() {
    let folder = Folder::new(&[("marks.scheme", LISTED)]);
    let ran = folder.run("prove marks.scheme --emit smt2").ends(2);
    assert_eq!(ran.out, "");
    ran.says("marks.scheme cannot be written as SMT-LIB 2: a list")
        .says("input marks");
    folder
        .run("--lang zh prove marks.scheme --emit smt2")
        .ends(2)
        .says("marks.scheme 无法写成 SMT-LIB 2：其中有列表");
}

/// 20 less 3 a time: 7 times give −1. Nothing keeps it from going below zero.
const UNBOUNDED: &str = r#"scheme notices "公告" {
    input late "迟到" : count up to 9, lower is better
    item posted "公告" out of 20 cite "二" {
        start at 20
        deduct 3 per late
        may go below zero
    }
    group all "合计" {
        100% of posted
    }
    guarantee posted never rises with late
}
"#;

#[test]
fn all_is_proved() {
    let folder = Folder::new(&[("notices.scheme", POSTED)]);
    let ran = folder.run("prove notices.scheme").ends(0);
    ran.shows("proved   guarantee   7     -        guarantee posted never rises with late")
        .says(" 0 refuted, 0 cannot tell;");
    folder
        .run("--lang zh prove notices.scheme")
        .ends(0)
        .shows("已证明  保证");
}

#[test]
fn what_breaks_it_can_be_scored() {
    let folder = Folder::new(&[("notices.scheme", UNBOUNDED)]);
    let ran = folder
        .run("prove notices.scheme --counter-examples broken.jsonl")
        .ends(1);
    ran.shows("refuted  marks kept")
        .shows("合计 is never below 0");
    let scored = folder
        .run("score notices.scheme broken.jsonl --format jsonl")
        .ends(0);
    assert!(!scored.out.is_empty());
    for line in scored.out.lines() {
        let outcome: serde_json::Value = serde_json::from_str(line).unwrap();
        let all = outcome["results"]["all"].as_str().unwrap();
        assert!(all.starts_with('-'), "{line}");
    }
}

/// Six complaints take 60 off 100, and 40 is kept.
#[test]
fn what_breaks_a_guarantee_is_scored_as_a_draft() {
    let scheme = "scheme kept {
    input complaints : count, lower is better
    item service out of 100 cite \"二\" {
        start at 100
        deduct 10 per complaints
        not below 40 cite \"二\"
    }
    guarantee service >= 50
}
";
    let folder = Folder::new(&[("kept.scheme", scheme)]);
    folder
        .run("prove kept.scheme --counter-examples broken.jsonl")
        .ends(1);
    folder.run("score kept.scheme broken.jsonl").ends(2);
    let ran = folder
        .run("score kept.scheme broken.jsonl --draft --format jsonl")
        .ends(0)
        .says("guarantee-fails");
    let outcome: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(outcome["results"]["service"], "40");
    folder
        .run("explain kept.scheme broken.jsonl --row 1 --draft")
        .ends(0)
        .says("guarantee-fails");
    folder
        .run("prove kept.scheme --emit smt2")
        .ends(0)
        .shows("(check-sat)");
}

#[test]
fn verdicts_for_programs() {
    let folder = Folder::new(&[("notices.scheme", UNBOUNDED)]);
    let ran = folder
        .run("prove notices.scheme --format json --effort 50")
        .ends(1);
    let whole = ran.json();
    let properties = whole["schemes"][0]["properties"]
        .as_array()
        .unwrap()
        .clone();
    assert_eq!(properties[0]["kind"], "guarantee");
    assert_eq!(properties[0]["verdict"], "proved");
    assert_eq!(properties[0]["line"], 11);
    let counts = &whole["counts"];
    let count = |name: &str| counts[name].as_u64().unwrap();
    assert_eq!(count("properties"), properties.len() as u64);
    assert_eq!(
        count("properties"),
        count("proved") + count("refuted") + count("undecided")
    );
    let refuted = properties
        .iter()
        .find(|property| property["verdict"] == "refuted" && property["kind"] == "within-marks")
        .unwrap();
    let late = &refuted["counter_example"]["subjects"][0]["late"];
    assert!(late.as_u64().unwrap() >= 7, "{late}");
}

#[test]
fn several_schemes() {
    let folder = Folder::new(&[("a/notices.scheme", POSTED), ("a/marks.scheme", LISTED)]);
    folder
        .run("prove a preset:welfare-service-502030")
        .ends(0)
        .shows("a/notices.scheme  公告")
        .shows("preset:welfare-service-502030")
        .says("of 3 schemes");
    folder
        .run("prove a --counter-examples all.jsonl")
        .ends(2)
        .says("--counter-examples is for one scheme, and 2 are given");
    folder
        .run("prove a/notices.scheme a/marks.scheme --emit smt2")
        .ends(2)
        .says("--emit is for one scheme, and 2 are given");
}

/// What is undecided never passes: with one part to look at, the claim stays open.
#[test]
fn undecided_is_no_pass() {
    let folder = Folder::new(&[("notices.scheme", UNDECIDED)]);
    folder
        .run("prove notices.scheme --effort 1")
        .ends(1)
        .shows("cannot tell");
    folder.run("prove notices.scheme").ends(0);
}

/// A level in the middle is not reached by the first subject that is looked at.
const UNDECIDED: &str = r#"scheme notices "公告" {
    input late "迟到" : count up to 20, lower is better
    item posted "公告" out of 100 cite "二" {
        start at 100
        deduct 5 per late
    }
    grade "等次" by posted cite "三" {
        from 90   => 优秀
        from 60   => 合格
        otherwise => 不合格
    }
    guarantee every grade reachable
}
"#;
