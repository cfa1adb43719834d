//! Section 7: the life of the communes, one line each; the total of the cercle is computed.

use documents::Block;

use crate::reports::blocks::units_by_measures;
use crate::reports::material::Material;

pub(super) fn life(material: &Material<'_>) -> Vec<Block> {
    let say = &material.say;
    let communes = material.sight.computed.land.communes(material.place());
    [
        (
            "report-councils-caption",
            &["EDI_SESS_ORD", "EDI_DELIB", "EDI_DELIB_TRANS", "EDI_RESTIT"][..],
        ),
        ("report-means-caption", &["I130", "I136", "I150", "COO_PART", "COO_ACT", "I160"][..]),
    ]
    .map(|(key, codes)| {
        let table = units_by_measures(material, say.t(key), codes, &communes);
        Block::Table(table.note(say.t("report-alphabetical")))
    })
    .to_vec()
}
