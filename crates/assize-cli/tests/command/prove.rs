//! `prove --emit smt2`: a scheme as a text for a solver.

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
    folder.run("prove marks.scheme").ends(2).says("--emit");
}
