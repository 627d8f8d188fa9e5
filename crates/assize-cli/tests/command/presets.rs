//! `presets`.

use super::{Folder, preset_file};

#[test]
fn presets_are_listed() {
    let folder = Folder::new(&[]);
    let ran = folder.run("presets list").ends(0);
    let ran = ran.shows("slug").shows("\nwelfare-service-502030 ");
    assert!(ran.out.is_ascii() || ran.out.contains("《服务客户满意度工作考评管理办法》"));
    folder.run("presets list --lang zh").ends(0).shows("每季度");
    let list = folder.run("presets list --format json").ends(0).json();
    let listed = list.as_array().unwrap().iter();
    let of = |slug: &str| {
        listed
            .clone()
            .find(|preset| preset["slug"] == slug)
            .unwrap()
    };
    let outlet = of("bank-outlet-service");
    assert_eq!(outlet["document"], "银行网点优质规范服务考核办法");
    assert_eq!(outlet["kind"], "computational");
    assert_eq!(outlet["cycle"], "quarter");
    assert_eq!(of("construction-customer-service-2008")["kind"], "process");
    assert_eq!(of("csat-survey-plan-quarterly")["kind"], "indicator");
    assert_eq!(
        of("customer-service-quality-assessment")["kind"],
        "template"
    );
}

#[test]
fn a_preset_is_shown() {
    let folder = Folder::new(&[]);
    let ran = folder.run("presets show bank-outlet-service").ends(0);
    assert_eq!(
        ran.out,
        preset_file("bank-outlet-service", "bank-outlet-service.scheme")
    );
    folder
        .run("presets show bank-outlet")
        .ends(2)
        .says("no preset `bank-outlet`");
}

#[test]
fn a_copy_can_be_checked_tested_and_scored_and_is_not_overwritten() {
    let folder = Folder::new(&[]);
    let ran = folder
        .run("presets copy bank-outlet-service ours/bank")
        .ends(0);
    assert_eq!(
        ran.out,
        "ours/bank/bank-outlet-service.scheme\nours/bank/source.md\nours/bank/cases.jsonl\n\
         ours/bank/sample.csv\nours/bank/empty.csv\n"
    );
    folder.run("check ours").ends(0);
    folder.run("test ours").ends(0);
    folder.run("score ours ours/bank/sample.csv").ends(0);

    folder.write("ours/bank/sample.csv", "mine");
    folder
        .run("presets copy bank-outlet-service ours/bank")
        .ends(2)
        .says("ours/bank/sample.csv")
        .says("--force");
    assert_eq!(folder.read("ours/bank/sample.csv"), "mine");
    folder
        .run("presets copy bank-outlet-service ours/bank --force")
        .ends(0);
    assert_eq!(
        folder.read("ours/bank/sample.csv"),
        preset_file("bank-outlet-service", "sample.csv")
    );
}
