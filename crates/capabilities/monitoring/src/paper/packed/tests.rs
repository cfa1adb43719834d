use super::*;
use proptest::prelude::*;

fn quarter(text: &str) -> Quarter {
    text.parse().unwrap()
}

/// A return of the worked example as it is filed.
fn example_of(unit: &str) -> Content {
    let questionnaire = Questionnaire::shipped().unwrap();
    let country = crate::testing::Country::example(false);
    let values = &country.values;
    let mut content = Content::default();
    for period in store::periods(questionnaire, Level::Commune, quarter("2024T4")) {
        let held = values.of(unit).unwrap().period(period);
        let cells = held
            .filter(|(cell, _)| {
                let element = questionnaire.element(cell.element);
                element.rhythm.period(quarter("2024T4")) == period
            })
            .map(|(cell, value)| (questionnaire.cell_text(cell).to_owned(), value.to_string()));
        content.values.insert(period.to_string(), cells.collect());
    }
    content.answers.insert("V018".to_owned(), "Vérifié avec le CSCOM.".to_owned());
    content
        .comments
        .insert(("2024T4".to_owned(), "SAN_CONS".to_owned()), "registre relu".to_owned());
    content
}

fn packed(content: &Content, key: &PostKey) -> Vec<u8> {
    let of = (&**Questionnaire::shipped().unwrap(), Level::Commune);
    let filed = (1_736_500_000_000, "0123456789abcdef");
    pack(of, ("EX-C1", quarter("2024T4")), filed, content, key).unwrap()
}

#[test]
fn a_quarter_of_the_example_goes_through_one_code_value_by_value() {
    let questionnaire = Questionnaire::shipped().unwrap();
    let key = PostKey::generate().unwrap();
    for unit in ["EX-C1", "EX-C2", "EX-C3"] {
        let content = example_of(unit);
        assert!(300 < content.count(), "{unit}: {}", content.count());
        let bytes = packed(&content, &key);
        let (texts, resistance) = pieces(&bytes, Pieces::Large).unwrap();
        assert_eq!(texts.len(), 1, "{} bytes", bytes.len());
        assert!(bytes.len() < 1_200, "{unit}: {} bytes", bytes.len());
        if std::env::var_os("BENKADI_SAMPLES").is_some() {
            let plain = serde_json::to_vec(&content.values).unwrap().len();
            eprintln!("{unit}: {} values, {plain} → {}", content.count(), bytes.len());
        }
        assert!(graphics::qr(texts[0].as_bytes(), resistance, "").is_some());
        let read = gather(&texts[0]).unwrap();
        let head = head(&read).unwrap();
        assert_eq!((head.unit.as_str(), head.quarter), ("EX-C1", quarter("2024T4")));
        assert_eq!(head.signer, key.public());
        assert_eq!(unpack(&read, &head, questionnaire, Level::Commune), Ok(content));
    }
}

#[test]
fn a_changed_byte_anywhere_is_found() {
    let key = PostKey::generate().unwrap();
    let bytes = packed(&example_of("EX-C1"), &key);
    for at in 0..bytes.len() {
        let mut wrong = bytes.clone();
        wrong[at] ^= 4;
        let found = head(&wrong);
        assert!(matches!(found, Err(Refused::Damaged | Refused::Version(_))), "byte {at}");
    }
    assert_eq!(head(&bytes[..bytes.len() - 1]), Err(Refused::Damaged));
    assert_eq!(head(&[]), Err(Refused::Damaged));
}

proptest! {
    #[test]
    fn any_value_reads_back(
        whole in any::<u64>(),
        mantissa in -999_999_999_i64..999_999_999,
        scale in 0_u32..6,
        word in "[A-Z_0-9]{1,20}",
    ) {
        let decimal = Decimal::new(mantissa, scale).to_string();
        for text in ["NSP", "0", "-0.5", &whole.to_string(), &decimal, &word, "007", "1.50"] {
            let mut bytes = Vec::new();
            put_value(&mut bytes, text);
            let mut reader = Reader::new(&bytes);
            let read = value(&mut reader);
            prop_assert_eq!(read.as_deref(), Some(text));
            prop_assert!(reader.is_at_end());
        }
    }

    #[test]
    fn no_bytes_break_the_reader(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = head(&bytes);
        let questionnaire = Questionnaire::shipped().unwrap();
        let _ = read_body(&bytes, questionnaire, Level::Commune, quarter("2024T4"));
        let _ = read_head(&mut Reader::new(&bytes), [0; 32]);
    }
}
