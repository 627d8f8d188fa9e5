//! What is shown of the documents' schemes for every subject: no guarantee is left undecided, facts
//! that can be counted on one's fingers come out, and faults planted in a scheme are found.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "what a test needs and does not find fails the test"
)]

use assize::prove::{Effort, Kind, Property, Verdict};
use assize::{Checked, Scheme};
use assize_presets::{find, presets};

fn scheme(slug: &str) -> Scheme {
    find(slug).unwrap().checked().unwrap().clone()
}

fn proved(scheme: &Scheme) -> Vec<Property> {
    scheme.prove(Effort::default()).properties
}

/// A preset with one piece of its text replaced; the piece stands there once.
fn changed(slug: &str, old: &str, new: &str) -> Checked {
    let text = find(slug).unwrap().scheme;
    assert_eq!(text.matches(old).count(), 1, "{old}");
    assize::check(&text.replace(old, new))
}

fn find_property<'p>(properties: &'p [Property], kind: Kind, part: &str) -> &'p Property {
    let mut found = properties
        .iter()
        .filter(|property| property.kind == kind && property.claim.zh.contains(part));
    let first = found.next();
    assert!(found.next().is_none(), "{part} names several");
    first.unwrap_or_else(|| panic!("nothing about {part}"))
}

#[test]
fn nothing_is_left_undecided_and_every_guarantee_holds() {
    let mut guarantees = 0;
    for preset in presets() {
        let Some(scheme) = preset.checked() else {
            panic!("{} has errors", preset.slug);
        };
        for property in proved(scheme) {
            let claim = &property.claim.en;
            assert_ne!(
                property.verdict,
                Verdict::Undecided,
                "{}: {claim}",
                preset.slug
            );
            if property.kind == Kind::Guarantee {
                guarantees += 1;
                assert_eq!(
                    property.verdict,
                    Verdict::Proved,
                    "{}: {claim}",
                    preset.slug
                );
            }
        }
    }
    // As many as `guarantee` and 保证 lines stand in the folder `schemes`.
    assert_eq!(guarantees, 63);
}

/// 50 + 20 + 30 = 100 at best; 0 + 4 + 0 at worst: the lowest survey level still gives 4.
#[test]
fn the_welfare_total_lies_exactly_in_4_to_100() {
    let slug = "welfare-service-502030";
    let line = "guarantee total in 4..100";
    let properties = proved(&scheme(slug));
    find_property(&properties, Kind::Extent, "总分最低 4，最高 100");
    for (claim, holds) in [
        ("guarantee total in 4..100", true),
        ("guarantee total in 5..100", false),
        ("guarantee total in 4..99", false),
        ("guarantee total > 4", false),
        ("guarantee total < 100", false),
    ] {
        let checked = changed(slug, line, claim);
        let draft = checked.draft.unwrap();
        let properties = draft.prove_guarantees(Effort::default()).properties;
        let verdict = &properties[0].verdict;
        match verdict {
            Verdict::Proved => assert!(holds, "{claim}"),
            Verdict::Refuted(Some(example)) => {
                assert!(!holds, "{claim}");
                let prepared = draft.prepare(assize::input::Subject::default()).unwrap();
                let assize::outcome::Outcome::Ok(scored) = prepared.evaluate(&example.subjects[0])
                else {
                    panic!("{claim}: the counter-example is not scored");
                };
                let total = scored.results["total"].to_string();
                assert!(total == "4" || total == "100", "{claim}: {total}");
            }
            other => panic!("{claim}: {other:?}"),
        }
    }
}

/// 94 with one valid complaint, 88 with a major one; 95 − 1 = 94 with six findings. 6 × 5 = 30 and
/// 12 × 3 > 30: the sixth complaint, and the fourth major one, cost nothing.
#[test]
fn what_a_single_event_already_excludes() {
    let properties = proved(&scheme("welfare-service-502030"));
    for claim in [
        "有效服务投诉达到 1 次（项），就评不上“优秀”",
        "重大服务投诉达到 1 次（项），就评不上“优秀”",
        "检查发现的问题达到 6 次（项），就评不上“优秀”",
    ] {
        find_property(&properties, Kind::Excludes, claim);
    }
    for claim in [
        "有效服务投诉满 5 次（项）以后",
        "重大服务投诉满 3 次（项）以后",
    ] {
        let property = find_property(&properties, Kind::Exhausted, claim);
        assert_eq!(property.verdict, Verdict::Proved, "{claim}");
    }
}

/// 90, 90 and 40 give 80; without the 40 the other two weigh 50 % each: 90.
/// 95 points cost nothing, below 90 it is 100 yuan, below 80 200: 100 yuan at each step, and no point
/// passes two.
#[test]
fn one_point_costs_a_power_station_a_hundred_yuan() {
    let properties = proved(&scheme("chongyi-power-station-service"));
    let jump = find_property(&properties, Kind::Jump, "总分");
    assert_eq!(jump.claim.zh, "总分相差 1，扣罚所负责人最多相差 100 元");
    assert_eq!(jump.verdict, Verdict::Proved);
}

#[test]
fn leaving_out_a_bad_inspection_raises_the_score_of_an_outlet() {
    let properties = proved(&scheme("bank-outlet-service"));
    for name in ["神秘人暗访", "非现场", "现场明查"] {
        let missing = properties
            .iter()
            .find(|property| property.kind == Kind::Missing && property.claim.zh.contains(name));
        let verdict = &missing.unwrap().verdict;
        assert!(matches!(verdict, Verdict::Refuted(Some(_))), "{name}");
    }
}

/// Faults as authors make them: each is found, with a subject that shows it.
#[test]
fn planted_faults_are_found() {
    let faults: [(&str, &str, &str, Kind, &str); 6] = [
        // The wrong direction.
        (
            "welfare-service-502030",
            "deduct 12 per major_complaints",
            "add 12 per major_complaints",
            Kind::Guarantee,
            "never rises with issues_found",
        ),
        // An edge of a band.
        (
            "welfare-service-502030",
            "from 95   => 优秀",
            "from 94   => 优秀",
            Kind::Guarantee,
            "grade = 优秀 implies",
        ),
        // A floor that is lifted.
        (
            "welfare-service-502030",
            "deduct 6 per valid_complaints cite",
            "may go below zero\n        deduct 6 per valid_complaints cite",
            Kind::Guarantee,
            "total in 4..100",
        ),
        // Points of a table.
        (
            "welfare-service-502030",
            "很不满意 => 4\n",
            "很不满意 => 3\n",
            Kind::Guarantee,
            "total in 4..100",
        ),
        // The formula of the document, which is the wrong way round.
        (
            "sales-aftersales-performance-pay",
            "扣前绩效 - 扣除",
            "扣除 - 扣前绩效",
            Kind::Guarantee,
            "绩效工资 >= 0元",
        ),
        // A cap that is taken away.
        (
            "bank-outlet-service",
            "扣 投诉扣分 条款",
            "加 投诉扣分 条款",
            Kind::Guarantee,
            "总分 <= 100",
        ),
    ];
    for (slug, old, new, kind, claim) in faults {
        let checked = changed(slug, old, new);
        // The examples notice as well; the proof is asked of what is understood all the same.
        let Some(draft) = checked.draft else {
            panic!(
                "{slug} with {new} is not understood: {:?}",
                checked.diagnostics
            );
        };
        let properties = draft.prove(Effort::default()).properties;
        let property = find_property(&properties, kind, claim);
        let Verdict::Refuted(Some(example)) = &property.verdict else {
            panic!("{slug} with {new}: {:?}", property.verdict);
        };
        let prepared = draft.prepare(assize::input::Subject::default()).unwrap();
        for subject in &example.subjects {
            let outcome = prepared.evaluate(subject);
            let scored = matches!(outcome, assize::outcome::Outcome::Ok(_));
            assert!(scored, "{slug} with {new}: {outcome:?}");
        }
    }
}

/// Sixty weighted items with floors: a general solver would look at 2^60 ways.
#[test]
fn sixty_items_with_floors_stay_below_the_full_marks() {
    let mut text = String::from("scheme sixty {\n    out of 100 cite \"一\"\n");
    for item in 0..60 {
        let marks = if item < 40 { 2 } else { 1 };
        text.push_str(&format!(
            "    input found_{item} : count\n    item part_{item} out of {marks} cite \"一\" {{\n        start at {marks}\n        deduct 0.1 per found_{item}\n        not below 0 cite \"一\"\n    }}\n"
        ));
    }
    text.push_str("    guarantee total <= 100\n}\n");
    let scheme = assize::check(&text).scheme.unwrap();
    let properties = scheme.prove_guarantees(Effort::default()).properties;
    assert_eq!(properties[0].verdict, Verdict::Proved);
    assert!(properties[0].regions <= 1);
}
