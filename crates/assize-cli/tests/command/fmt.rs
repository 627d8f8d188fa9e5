//! `fmt`.

use super::{Folder, PUNCTUALITY};

/// The same scheme, typed without care.
fn untidy() -> String {
    PUNCTUALITY
        .replace(
            "    deduct 5 per late\n",
            "  deduct  5 per late   # 每次五分\n",
        )
        .replace("from 90   =>", "from 90=>")
}

#[test]
fn a_file_is_rewritten_once_and_keeps_its_comments() {
    let folder = Folder::new(&[("a.scheme", &untidy())]);
    let ran = folder.run("fmt --check a.scheme").ends(1);
    assert_eq!(ran.out, "a.scheme\n");
    assert_eq!(folder.read("a.scheme"), untidy());

    folder.run("fmt .").ends(0).says("1 of 1 reformatted");
    let tidy = folder.read("a.scheme");
    assert!(tidy.contains("        deduct 5 per late"), "{tidy}");
    assert!(tidy.contains("# 每次五分"), "{tidy}");
    let ran = folder.run("fmt --check a.scheme").ends(0);
    assert_eq!(ran.out, "");
    folder
        .run("fmt a.scheme")
        .ends(0)
        .says("0 of 1 reformatted");
}

#[test]
fn a_difference_is_shown_and_nothing_written() {
    let folder = Folder::new(&[("a.scheme", &untidy())]);
    folder
        .run("fmt --diff a.scheme")
        .ends(1)
        .shows("-      deduct  5 per late   # 每次五分\n")
        .shows("\n+        deduct 5 per late");
    assert_eq!(folder.read("a.scheme"), untidy());
}

#[test]
fn keywords_change_their_language_and_back() {
    let folder = Folder::new(&[("a.scheme", PUNCTUALITY)]);
    folder.run("fmt --keywords en a.scheme").ends(0);
    let english = folder.read("a.scheme");
    folder.run("fmt --keywords zh a.scheme").ends(0);
    let chinese = folder.read("a.scheme");
    assert!(chinese.starts_with("方案 punctuality"), "{chinese}");
    folder.run("check a.scheme").ends(0);
    folder.run("fmt a.scheme").ends(0);
    assert_eq!(folder.read("a.scheme"), chinese);
    folder.run("fmt --keywords en a.scheme").ends(0);
    assert_eq!(folder.read("a.scheme"), english);
}

#[test]
fn standard_input_goes_to_standard_output() {
    let folder = Folder::new(&[]);
    let ran = folder.run_with("fmt -", untidy().as_bytes()).ends(0);
    let again = folder.run_with("fmt -", ran.out.as_bytes()).ends(0);
    assert_eq!(ran.out, again.out);
    // No file is rewritten, so nothing is said of files.
    assert_eq!((ran.err.as_str(), again.err.as_str()), ("", ""));
    folder
        .run_with("fmt --check -", untidy().as_bytes())
        .ends(1)
        .shows("-\n");
}

#[test]
fn a_file_with_mistakes_is_left_alone_and_the_others_are_not() {
    let broken = PUNCTUALITY.replace("deduct 5 per late", "deduct 5 for late");
    let folder = Folder::new(&[("a.scheme", &broken), ("b.scheme", &untidy())]);
    let ran = folder.run("fmt a.scheme b.scheme").ends(2);
    ran.says("a.scheme:7:")
        .says("schemes that cannot be used: 1");
    assert_eq!(folder.read("a.scheme"), broken);
    assert_ne!(folder.read("b.scheme"), untidy());
}

#[test]
fn a_preset_is_not_rewritten() {
    let folder = Folder::new(&[]);
    folder
        .run("fmt preset:bank-outlet-service")
        .ends(2)
        .says("assize presets copy");
}
