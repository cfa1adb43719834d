use super::*;
use crate::analysis;
use crate::questionnaire::french;
use kernel::Language;

const PLAN: &str = include_str!("../../../../../reference/oise/standard_reports.json");

/// The titles of the sections of a document of the plan.
fn planned(code: &str) -> Vec<String> {
    let plan: serde_json::Value = serde_json::from_str(PLAN).unwrap();
    let documents = plan["documents"].as_array().unwrap();
    let found = documents.iter().find(|it| it["code"] == code).unwrap();
    let sections = found["sections"].as_array().unwrap();
    sections.iter().map(|it| french(it["titre"].as_str().unwrap())).collect()
}

#[test]
fn the_activity_report_has_the_fourteen_titles_of_the_plan_in_order() {
    let catalogue = crate::analysis::tests::catalogue();
    let titles: Vec<String> = activity::SECTIONS
        .iter()
        .map(|it| catalogue.say(Language::French, &format!("report-ccc-{it}"), &[]))
        .collect();
    assert_eq!(titles.len(), 14);
    assert_eq!(titles, planned("RAP-CCC"));
}

#[test]
fn the_sheet_of_a_partnership_has_the_titles_of_the_plan_in_order() {
    let catalogue = Catalogue::new(&[words()]).unwrap();
    let titles: Vec<String> = partnership::SECTIONS
        .iter()
        .map(|it| catalogue.say(Language::French, &format!("part-{it}"), &[]))
        .collect();
    assert_eq!(titles, planned("FICHE-PART"));
}

#[test]
fn all_that_the_plans_name_exists_and_is_shown() {
    let questionnaire = crate::questionnaire::Questionnaire::shipped().unwrap();
    let plan: serde_json::Value = serde_json::from_str(PLAN).unwrap();
    let report = plan["documents"].as_array().unwrap().iter().find(|it| it["code"] == "RAP-CCC");
    for section in report.unwrap()["sections"].as_array().unwrap() {
        for content in section["contenu"].as_array().unwrap() {
            let code = content.as_str().unwrap();
            let known = questionnaire.element_number(code).is_some()
                || analysis::number_of(questionnaire, code).is_some();
            if known {
                assert!(Kind::Activity.measures().contains(&code), "{code} is not in the report");
            }
        }
    }
    for code in Kind::Activity.measures() {
        let known = questionnaire.element_number(code).is_some()
            || analysis::number_of(questionnaire, code).is_some();
        assert!(known, "{code}");
    }
}
