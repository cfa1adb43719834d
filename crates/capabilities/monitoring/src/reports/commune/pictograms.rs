//! The pictograms of the services, drawn by us: one ink, thick lines, legible on a photocopy and by
//! somebody who does not read. They take the colour of the text around them.

/// The drawing for a service, as an SVG document.
pub(super) fn of(code: &str) -> String {
    let lines = match code {
        // A house with a cross: the health centre.
        "I040" => "<path d='M6 30 32 8l26 22M12 25v31h40V25M32 30v18M23 39h18'/>",
        // A cross and a coin: what the centre earns against what it spends.
        "I047" => {
            "<path d='M18 8h13v11h11v13H31v11H18V32H7V19h11z'/><circle cx='47' cy='47' r='12'/><path d='M44 54V40h8M44 47h6'/>"
        }
        // An open book.
        "I060" => {
            "<path d='M32 17C26 11 15 11 7 13v37c8-2 19-2 25 4 6-6 17-6 25-4V13c-8-2-19-2-25 4zM32 17v37'/>"
        }
        // A board and three heads: a class.
        "I063" => {
            "<path d='M9 6h46v24H9zM17 14h22M17 21h13'/><circle cx='16' cy='42' r='5'/><circle cx='32' cy='42' r='5'/><circle cx='48' cy='42' r='5'/><path d='M8 59a8 8 0 0 1 16 0M24 59a8 8 0 0 1 16 0M40 59a8 8 0 0 1 16 0'/>"
        }
        // A tap and a drop.
        "I081" => {
            "<path d='M5 19h29a16 16 0 0 1 16 16v3H38v-3a4 4 0 0 0-4-4H5zM20 19V9M11 9h18'/><path d='M44 44c5 6 6 8 6 10a6 6 0 0 1-12 0c0-2 1-4 6-10z'/>"
        }
        // A pump that gives water.
        "I082" => {
            "<path d='M18 56V23h15v33M33 30h12v7M18 23 52 8M25 23v-6M9 56h46'/><path d='M45 41c4 5 5 6 5 8a5 5 0 0 1-10 0c0-2 1-3 5-8z'/>"
        }
        // A stall with its awning.
        "I101" => {
            "<path d='M7 24 13 8h38l6 16zM7 24a6.25 6.25 0 0 0 12.5 0 6.25 6.25 0 0 0 12.5 0 6.25 6.25 0 0 0 12.5 0 6.25 6.25 0 0 0 12.5 0M12 33v24M52 33v24M12 43h40'/>"
        }
        // An act with a child on it.
        "I120" => {
            "<path d='M12 5h29l11 11v43H12zM41 5v11h11'/><circle cx='32' cy='27' r='6'/><path d='M21 45a11 11 0 0 1 22 0M21 52h22'/>"
        }
        _ => "<circle cx='32' cy='32' r='24'/>",
    };
    format!(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 64 64' width='64' height='64' fill='none' stroke='currentColor' stroke-width='3.2' stroke-linecap='round' stroke-linejoin='round'>{lines}</svg>"
    )
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_service_has_its_own_pictogram() {
        let services = super::super::SERVICES;
        let drawn: BTreeSet<String> = services.iter().map(|it| of(it)).collect();
        assert_eq!(drawn.len(), services.len());
        assert!(!drawn.contains(&of("")));
        // One ink, and nothing from outside the drawing.
        for it in drawn {
            assert!(it.contains("currentColor") && !it.contains("href"), "{it}");
            assert!(resvg_reads(&it), "{it}");
        }
    }

    fn resvg_reads(svg: &str) -> bool {
        pdf::picture(svg, 64).is_ok()
    }
}
