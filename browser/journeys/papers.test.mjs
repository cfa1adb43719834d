// Papers that travel: the sheet of a partnership (FICHE-PART), the one-page sheet of a commune with
// its pictograms (TER6), the letter to a late cercle, and a whole quarter in one QR code that is
// printed, photographed and read again (X27).

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { folder, launch, page, screenshot, serve, sound, visit } from '../harness.mjs'
import { file, prepare, press, refused, rows, sees, setUp, unzip } from './acts.mjs'

const QUARTER = '2024T4'
const RESULTS = fileURLToPath(new URL('../results/', import.meta.url))
const EXAMPLE = fileURLToPath(new URL('../../reference/oise/example_values.csv', import.meta.url))

const commune = {
  place: 'EX-C2', name: 'Oumar Diarra', login: 'oumar.diarra', office: 'municipal-secretary',
  title: 'Secrétaire général', post: 'Mairie d’exemple 2', level: 'commune', content: 'example',
}
const cercle = {
  place: 'EX-CERCLE', name: 'Moussa Keïta', login: 'moussa.keita', office: 'cercle-adviser',
  title: 'Conseiller du centre', post: 'CCC d’exemple', level: 'cercle', content: 'exercise',
}
const region = {
  place: 'EX-REGION', name: 'Awa Traoré', login: 'awa.traore', office: 'regional-officer',
  title: 'Chargée de suivi régional', post: 'Région d’exemple', level: 'region', content: 'exercise',
}
const keeper = {
  place: 'ML', name: 'Fanta Sow', login: 'fanta.sow', office: 'register-keeper',
  title: 'Direction du jumelage', post: 'Registre national', level: 'national', content: 'reference',
}
const posts = [commune, cercle, region, keeper]

let browser
before(async () => {
  browser = await launch()
  for (const it of posts) {
    it.data = await folder()
    await prepare(it.data, it.place, it.content)
    it.server = await serve({ data: it.data })
    it.page = await page(browser, it.server.address)
    await setUp(it.page, it)
  }
})
after(async () => {
  await browser?.close()
  for (const it of posts) {
    await it.server?.stop()
    if (it.data) await rm(it.data, { recursive: true, force: true })
  }
})

/** Each page of a PDF as a PNG; the first is kept beside the pictures of the pages. */
function printed(bytes, name, points = 110) {
  const at = mkdtempSync(join(tmpdir(), 'benkadi-papers-'))
  try {
    writeFileSync(join(at, 'it.pdf'), bytes)
    execFileSync('pdftoppm', ['-r', `${points}`, '-png', join(at, 'it.pdf'), join(at, 'it')])
    const text = execFileSync('pdftotext', ['-layout', join(at, 'it.pdf'), '-']).toString()
    const count = text.split('\f').length - 1
    const pages = []
    for (let number = 1; number <= count; number++) {
      pages.push(readFileSync(join(at, `it-${`${number}`.padStart(`${count}`.length, '0')}.png`)))
    }
    mkdirSync(RESULTS, { recursive: true })
    writeFileSync(join(RESULTS, `papier-${name}.png`), pages[0])
    return { pages, text: text.replace(/\s+/g, ' ') }
  } finally {
    rmSync(at, { recursive: true, force: true })
  }
}

/** Presses a button whose name goes on for those who listen; gives the answer's status. */
async function click(page, within, name) {
  const [answer] = await Promise.all([
    page.waitForResponse((it) => it.request().isNavigationRequest() && it.status() !== 303),
    within.getByRole('button', { name }).click(),
  ])
  await page.waitForLoadState()
  return answer.status()
}

test('FICHE-PART: the sheet of a partnership is read, issued, recognised and handed', async () => {
  const it = keeper.page
  await visit(it, '/registre?q=Angers')
  await it.locator('main table tbody a, main .list a').first().click()
  await it.getByRole('link', { name: 'Fiche de partenariat' }).click()
  await sound(it)
  await sees(it, 'main', 'Actions et plan de financement')
  await sees(it, 'main', 'Le registre ne tient encore ni les actions ni leur budget')
  await screenshot(it, 'fiche-partenariat')
  const here = new URL(it.url()).pathname
  const pdf = await (await file(it, `${here}.pdf`)).body()
  const { pages, text } = printed(pdf, 'fiche-partenariat')
  assert.ok(pages.length <= 2, `${pages.length} pages`)
  assert.match(text, /Angers/)
  const docx = unzip(await (await file(it, `${here}.docx`)).body())
  assert.match(docx.get('word/document.xml'), /Réciprocité/)
  assert.ok(unzip(await (await file(it, `${here}.xlsx`)).body()).has('xl/workbook.xml'))
  const box = it.locator('#fiche-part')
  assert.equal(await click(it, box, /Émettre le document/), 200)
  await sees(it, '#fiche-part', 'Émis, version 1')
  await refused(it, await click(it, it.locator('#fiche-part'), /Émettre une nouvelle version/), 'déjà émis')
  await box.locator('details', { hasText: 'Noter une remise' }).locator('summary').click()
  await box.getByLabel('Destinataire').fill('Ville d’Angers')
  assert.equal(await press(it, 'Noter la remise', box), 200)
  await sees(it, '#fiche-part', 'Ville d’Angers')
  await sound(it)
  // Anybody who holds the file may ask what it is.
  const anybody = await page(browser, keeper.server.address)
  await visit(anybody, '/suivi/documents/verifier')
  await anybody.getByLabel('Fichier à vérifier').setInputFiles({ name: 'fiche.pdf', mimeType: 'application/pdf', buffer: pdf })
  assert.equal(await press(anybody, 'Vérifier', anybody.locator('section').first()), 200)
  await sees(anybody, '.banner', 'Document authentique')
  await sees(anybody, 'main', 'Fiche de partenariat')
  await sound(anybody)
  await visit(anybody, here)
  assert.equal(await anybody.getByRole('button', { name: /Émettre/ }).count(), 0)
  const narrow = await page(browser, keeper.server.address, { narrow: true, javaScript: false })
  await visit(narrow, here)
})

test('TER6: the sheet of a commune is one page, its values are those of the results', async () => {
  const anybody = await page(browser, commune.server.address)
  await visit(anybody, `/suivi/rapports/EX-C1/${QUARTER}`)
  assert.equal(await anybody.locator('.pictos svg').count(), 8)
  await screenshot(anybody, 'fiche-communale-pictos')
  const results = rows(await (await file(anybody, `/suivi/indicateurs.csv?lieu=EX-C1&periode=${QUARTER}`)).text())
  for (const code of ['I040', 'I060', 'I082', 'I120']) {
    const value = results.find((it) => it.indicateur === code).valeur_affichee.replace('.', ',')
    await sees(anybody, '.pictos', value)
  }
  const pdf = await (await file(anybody, `/suivi/rapports/EX-C1/${QUARTER}/fiche-com.pdf`)).body()
  const { pages, text } = printed(pdf, 'fiche-communale')
  assert.equal(pages.length, 1)
  assert.match(text, /4e trimestre 2024/)
  const narrow = await page(browser, commune.server.address, { narrow: true })
  await visit(narrow, `/suivi/rapports/EX-C1/${QUARTER}`)
  // Of a quarter that nobody published, nothing is shown.
  const early = await page(browser, cercle.server.address)
  await visit(early, `/suivi/rapports/EX-C1/${QUARTER}`, { status: 422 })
})

test('J3.1: the letter to a late cercle is printed as PDF and DOCX', async () => {
  const it = region.page
  await visit(it, `/suivi/reception/EX-REGION/${QUARTER}`)
  await it.getByRole('link', { name: /Lettre de rappel – Cercle/ }).click()
  await sound(it)
  await screenshot(it, 'lettre-rappel')
  const here = new URL(it.url()).pathname
  const { pages, text } = printed(await (await file(it, `${here}.pdf`)).body(), 'lettre-rappel')
  assert.equal(pages.length, 1)
  for (const words of ['Objet', 'Madame, Monsieur', 'jours de retard', 'Awa Traoré']) assert.match(text, new RegExp(words))
  const docx = unzip(await (await file(it, `${here}.docx`)).body())
  assert.match(docx.get('word/document.xml'), /Chargée de suivi régional/)
})

/** Gives a picture of a code to the cercle. */
async function give(buffer, mimeType = 'image/png') {
  const it = cercle.page
  await it.getByLabel('Photo ou image du code').setInputFiles({ name: 'code.png', mimeType, buffer })
  return press(it, 'Lire et vérifier')
}

test('X27: a quarter goes from the receipt of a commune to the cercle in one QR code', async () => {
  const secretary = commune.page
  await visit(secretary, `/suivi/saisie/EX-C2/${QUARTER}?palier=noyau`)
  await secretary.getByRole('link', { name: 'Reçu avec son code QR' }).click()
  await sound(secretary)
  await screenshot(secretary, 'recu')
  const path = `/suivi/recu/EX-C2/${QUARTER}.pdf`
  const { pages, text } = printed(await (await file(secretary, path)).body(), 'recu', 150)
  assert.match(text, /code 1 sur 1/)

  const it = cercle.page
  await visit(it, '/suivi/recevoir')
  await screenshot(it, 'recevoir')
  await refused(it, await press(it, 'Lire et vérifier'), 'Rien n’a été donné')
  await refused(it, await give(Buffer.from('bonjour'), 'image/png'), 'n’est pas une image')
  // The page of the receipt, printed and photographed.
  await visit(it, '/suivi/recevoir')
  assert.equal(await give(pages.at(-1)), 200)
  await sees(it, 'h2', 'Commune d’exemple 2, 4e trimestre 2024')
  await sees(it, 'main', 'inconnu ici')
  await sound(it)
  await screenshot(it, 'recevoir-apercu')
  assert.equal(await press(it, 'Accepter ces valeurs'), 200)
  await sees(it, '.banner', '291 nouvelles')
  await sound(it)

  // The values are those of the worked example, cell by cell.
  const expected = rows(readFileSync(EXAMPLE, 'utf8')).filter((row) => row.unite_org === 'EX-C2' && row.periode === QUARTER && row.options === '')
  assert.ok(expected.length > 20)
  let seen = 0
  const forms = [...new Set(expected.map((row) => row.element.split('_')[0]))]
  for (let form = 1; form <= 15; form++) {
    const code = `J${`${form}`.padStart(2, '0')}`
    const answer = await it.request.get(`/suivi/saisie/EX-C2/${QUARTER}/${code}?palier=complet`)
    if (answer.status() !== 200) continue
    await it.goto(`/suivi/saisie/EX-C2/${QUARTER}/${code}?palier=complet`)
    const cells = await it.locator('tr[data-cell]').evaluateAll((all) => all.map((row) => [row.dataset.cell, row.querySelector('[name^="v."]')?.value ?? '']))
    const held = new Map(cells)
    for (const row of expected.filter((row) => held.has(row.element))) {
      const value = held.get(row.element).replace(/[\s  ]/g, '').replace(',', '.')
      // 125.0 in the file is 125 in its field; nothing is not nought.
      const same = value !== '' && Number(value) === Number(row.valeur)
      assert.ok(same || value === row.valeur, `${code} ${row.element}: ${value}, not ${row.valeur}`)
      seen++
    }
  }
  assert.ok(seen > 20, `${seen} cells of ${forms.length} families were compared`)

  // Filed by the cercle, the receipt says the hour as well as the day and the code (J1.8).
  await it.goto(`/suivi/saisie/EX-C2/${QUARTER}?palier=noyau`)
  assert.equal(await press(it, 'Soumettre les fiches'), 200)
  const told = (await it.locator('.banner').first().innerText()).replace(/\s+/g, ' ')
  assert.match(told, /Fiches déposées le \d\d\/\d\d\/\d{4} \d\d:\d\d\. Code du reçu : [0-9a-f]{16}/)

  // Twice changes no value.
  await visit(it, '/suivi/recevoir')
  assert.equal(await give(pages.at(-1)), 200)
  await sees(it, '.tiles', '0')
  assert.equal(await press(it, 'Accepter ces valeurs'), 200)
  await sees(it, '.banner', '0 changées')
})

test('X27: small codes one by one, as text; a wrong letter and a foreign commune are refused', async () => {
  const secretary = commune.page
  await visit(secretary, `/suivi/recu/EX-C2/${QUARTER}?morceaux=petits`)
  const path = `/suivi/recu/EX-C2/${QUARTER}.pdf?morceaux=petits`
  const { pages } = printed(await (await file(secretary, path)).body(), 'recu-petits', 90)
  const codes = pages.slice(1)
  assert.ok(codes.length > 1)
  const it = cercle.page
  await visit(it, '/suivi/recevoir')
  assert.equal(await give(codes[0]), 200)
  await sees(it, '.banner', 'Il manque encore le code')
  await sound(it)
  await screenshot(it, 'recevoir-suite')
  for (const one of codes.slice(1)) assert.equal(await give(one), 200)
  await sees(it, 'h2', 'Commune d’exemple 2')

  // The text that a telephone has read, with one letter changed.
  await visit(it, '/suivi/recevoir')
  await give(codes[0])
  const text = await it.getByLabel('Texte du code').inputValue()
  assert.match(text, /^BENKADI2:1\//)
  await it.goto('/suivi/recevoir')
  await it.getByLabel('Texte du code').fill(text.replace(/^BENKADI2:1\/\d+/, 'BENKADI2:1/1'))
  await refused(it, await press(it, 'Lire et vérifier'), 'Rien n’est pris')
  await it.goto('/suivi/recevoir')
  await it.getByLabel('Texte du code').fill('bonjour')
  await refused(it, await press(it, 'Lire et vérifier'), 'BENKADI2')
  // A narrow screen without JavaScript.
  const narrow = await page(browser, cercle.server.address, { narrow: true })
  await narrow.goto('/connexion')
  await sound(narrow)
})
