// One quarter of the OISE, from the paper of a commune to the public of the nation, over three
// posts that only exchange files: the cercle (J1.8, J2.3 to J2.7), its region (J3.2, J3.4) and
// the nation (J4.1). The figures are the invented example; they must come out as it expects.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { launch, page, plug, screenshot, sound, unplug, visit } from '../harness.mjs'
import { addPerson, file, press, refused, rows, sees, signIn, unzip } from './acts.mjs'
import {
  CERCLE, NATION, REGION, accept, bring, meet, openPost, send, start, stop,
} from './posts.mjs'

const QUARTER = '2024T4'
const reference = (name) =>
  rows(readFileSync(new URL(`../../reference/oise/${name}`, import.meta.url), 'utf8'))

const posts = {
  cercle: { ...CERCLE },
  region: { ...REGION },
  nation: { ...NATION },
  // Bears the name and the place of the cercle; nobody enrolled it.
  impostor: { ...CERCLE, name: 'Un Autre', login: 'un.autre' },
}

let browser
before(async () => {
  browser = await launch()
  await Promise.all(Object.values(posts).map((it) => start(browser, it)))
})
after(async () => {
  await browser?.close()
  await stop(Object.values(posts))
})

/** How many entries the post has written or taken: what must not move when it refuses. */
const entries = async (it) => (await (await file(it.page, '/sante')).json()).entries

/** The results at a post are those of the example, to the character. */
async function holdsTheExpectedResults(page, places = ['EX-CERCLE', 'EX-C1', 'EX-C2', 'EX-C3']) {
  const query = places.map((it) => `lieu=${it}`).join('&')
  const answer = await file(page, `/suivi/indicateurs.csv?${query}&periode=${QUARTER}`)
  const line = (it) => [
    it.indicateur, it.unite_org, it.periode, it.numerateur, it.denominateur, it.valeur_affichee,
    it.repondants,
  ].join(',')
  const found = rows(await answer.text()).map(line)
  const expected = reference('example_results.csv').filter((it) => places.includes(it.unite_org))
  assert.ok(expected.length > 0)
  for (const it of expected) {
    assert.ok(found.includes(line(it)), `missing ${line(it)}; found ${found.filter((other) => other.startsWith(`${it.indicateur},${it.unite_org},`))}`)
  }
}

/** The place above has the same figures as its only cercle. */
async function sumsUpTo(page, place) {
  const answer = await file(page, `/suivi/indicateurs.csv?lieu=${place}&periode=${QUARTER}`)
  const found = new Map(rows(await answer.text()).map((it) => [it.indicateur, it]))
  for (const it of reference('example_results.csv').filter((it) => it.unite_org === 'EX-CERCLE')) {
    const own = found.get(it.indicateur)
    assert.equal(own?.valeur_affichee, it.valeur_affichee, `${it.indicateur} at ${place}`)
    assert.equal(own.repondants, it.repondants, `${it.indicateur} at ${place}`)
  }
}

// ---------------------------------------------------------------------------------------------

const values = reference('example_values.csv')
const elements = new Map(reference('data_elements.csv').map((it) => [it.code, it]))
const isOfQuarter = (it) => [QUARTER, '2024'].includes(it.periode)
/** What is keyed in from paper: the form J02 of the third commune; the rest comes as a file. */
const isKeyed = (it) =>
  it.unite_org === 'EX-C3' && it.periode === QUARTER && elements.get(it.element).jeu === 'J02'
/** How the form names a cell. */
const cellName = (it) =>
  it.options ? `${it.element}.${it.options.replaceAll(';', '.').replaceAll('=', '-')}` : it.element

test('the three posts exchange their cards, and hear the eight words', async () => {
  const { cercle, region, nation } = posts
  for (const it of [cercle, region, nation]) await openPost(it)
  await sound(cercle.page)
  await meet(region, cercle)
  await meet(cercle, region)
  await meet(nation, region)
  await meet(region, nation)
  await sound(region.page)
  await screenshot(region.page, 'postes')
  // A card that was changed on the way is not entered.
  const changed = Buffer.from(nation.card.toString().replace('CCN', 'CCM'))
  await region.page.goto('/postes')
  await region.page.locator('input[type=file]').setInputFiles({
    name: 'carte.txt', mimeType: 'text/plain', buffer: changed,
  })
  await refused(region.page, await press(region.page, 'Lire la carte'), 'Cette carte a été modifiée')
})

test('J1.8 a form is keyed in by keyboard only; each cell is kept, also through a cut', async () => {
  const { page } = posts.cercle
  const keyed = new Map(values.filter(isKeyed).map((it) => [cellName(it), it]))
  assert.ok(keyed.size > 40)
  await visit(page, `/suivi?lieu=EX-CERCLE&trimestre=${QUARTER}`)
  await screenshot(page, 'suivi-cercle')
  await page.getByRole('link', { name: /Commune d.exemple 3/ }).first().click()
  await sound(page)
  await page.getByRole('link', { name: 'Complet' }).click()
  await page.getByRole('link', { name: /^J02/ }).click()
  await sound(page)
  const names = await page.locator('tr[data-cell]').evaluateAll((all) => all.map((it) => it.dataset.cell))
  await page.locator('tr[data-cell] :is(input.num, select)').first().focus()
  let number = 0
  for (const name of names) {
    const focused = await page.evaluate(() => document.activeElement.name)
    assert.equal(focused, `v.${name}`, 'Enter goes from cell to cell in paper order')
    const given = keyed.get(name)
    // The cable is pulled for three cells: the text stays, and goes later.
    if (number === 10) await unplug(page)
    if (number === 13) await plug(page)
    if (given) {
      const isList = await page.evaluate(() => document.activeElement.tagName === 'SELECT')
      if (isList) await page.locator(`[name="v.${name}"]`).selectOption(given.valeur)
      else await page.keyboard.type(given.valeur)
    }
    if (number === 12) await page.locator('tr.note', { hasText: 'Non enregistré' }).first().waitFor()
    await page.keyboard.press('Enter')
    number += 1
  }
  await page.waitForFunction(() =>
    [...document.querySelectorAll('tr[data-cell]')].every((row) => {
      const value = row.querySelector('[name^="v."]').value
      const held = row.querySelector('[name^="o."]').value
      return (value === '') === (held === '')
    }),
  )
  // The alert stands in place, in plain words.
  await sees(page, 'main', 'V003')
  await sound(page, { status: 0 })
  await screenshot(page, 'fiche-J02')
  // Nothing of it was only on the screen.
  await page.reload()
  for (const [name, it] of keyed) {
    const shown = await page.locator(`[name="v.${name}"]`).inputValue()
    assert.equal(shown.replace(/\s/g, '').replace(',', '.'), it.valeur, name)
  }
  // The return is refused for its blocking alert only; the draft stays.
  await visit(page, `/suivi/saisie/EX-C3/${QUARTER}`)
  const status = await press(page, 'Soumettre les fiches')
  assert.equal(status, 422)
  await sees(page, '.banner', 'attend une réponse')
})

const tiles = async (page) =>
  (await page.locator('.tiles b').allInnerTexts()).map((it) => Number(it.replace(/\D/g, '')))

test('the rest comes as a file: first looked at, then accepted; a second time changes nothing', async () => {
  const { cercle } = posts
  const { page } = cercle
  const rest = values.filter((it) => isOfQuarter(it) && !isKeyed(it))
  const csv = (lines) =>
    ['element,unite_org,periode,options,valeur', ...lines.map((it) => Object.values(it).join(','))].join('\n')
  const choose = async (text, name = 'valeurs.csv') => {
    await page.goto('/suivi/importer')
    await page.getByLabel('Fichier CSV').setInputFiles({
      name, mimeType: 'text/csv', buffer: Buffer.from(text),
    })
    return press(page, 'Regarder le fichier')
  }
  const count = await entries(cercle)
  const wrong = [...rest.slice(0, 3), { ...rest[3], valeur: 'douze' }]
  await refused(page, await choose(csv(wrong)), 'ligne 5')
  await screenshot(page, 'valeurs-refus')
  await refused(page, await choose(csv([{ ...rest[0], unite_org: 'EX-C9' }])), 'EX-C9')
  assert.equal(await entries(cercle), count, 'a refused file leaves nothing')

  assert.equal(await choose(csv(rest)), 200)
  await sound(page)
  await screenshot(page, 'valeurs')
  const [added, changed, same] = await tiles(page)
  assert.deepEqual([added + same, changed], [rest.length, 0])
  assert.equal(await entries(cercle), count, 'a preview writes nothing')
  assert.equal(await press(page, 'Accepter'), 200)
  await sees(page, '.banner', 'Fichier importé')
  assert.equal(await choose(csv(rest)), 200)
  assert.deepEqual(await tiles(page), [0, 0, rest.length, 0])
})

const alert = (page, rule) => page.locator('article.alert', { has: page.getByRole('heading', { name: rule }) })

test('J2.4 the alerts are exactly the six expected', async () => {
  const { page } = posts.cercle
  await visit(page, `/suivi/alertes/EX-CERCLE/${QUARTER}`)
  await screenshot(page, 'alertes')
  const titles = await page.locator('article.alert h2').allInnerTexts()
  const units = { 'EX-C1': 'exemple 1', 'EX-C2': 'exemple 2', 'EX-C3': 'exemple 3' }
  const expected = reference('example_alerts.csv')
  assert.equal(titles.length, expected.length, titles.join('\n'))
  for (const it of expected) {
    const gravity = { bloquante: 'Bloquante', avertissement: 'Avertissement' }[it.gravite]
    const title = titles.find((title) => title.includes(it.regle))
    assert.ok(title?.includes(units[it.unite_org]) && title.includes(gravity), `${it.regle}: ${title}`)
    if (it.gauche && it.droite) {
      const spaced = (text) => Number(text).toLocaleString('fr-FR')
      const told = (await alert(page, it.regle).innerText()).replace(/\s/g, ' ')
      for (const side of [it.gauche, it.droite]) {
        assert.ok(told.includes(spaced(side).replace(/\s/g, ' ')), `${it.regle}: ${told}`)
      }
    }
  }
})

test('J2.4 a figure goes back to its commune with a reason, and the cercle may take that back', async () => {
  const { page } = posts.cercle
  const alerts = `/suivi/alertes/EX-CERCLE/${QUARTER}`
  await visit(page, alerts)
  await alert(page, 'V018').getByText('Renvoyer à la commune').first().click()
  await refused(page, await press(page, 'Renvoyer à la commune', alert(page, 'V018')), 'Il manque le motif')
  await alert(page, 'V018').getByLabel('Ce que la commune doit revoir').fill('revoir le registre du CSCOM')
  assert.equal(await press(page, 'Renvoyer à la commune', alert(page, 'V018')), 200)
  await sound(page)
  await screenshot(page, 'renvoi')
  await visit(page, `/suivi?lieu=EX-CERCLE&trimestre=${QUARTER}`)
  await sees(page, '#units', '1 à revoir')
  await visit(page, `/suivi/saisie/EX-C3/${QUARTER}`)
  await sees(page, '.banner', 'revoir le registre du CSCOM')
  await visit(page, alerts)
  assert.equal(await press(page, 'Retirer la demande', alert(page, 'V018')), 200)
  await visit(page, '/suivi/saisie/EX-C3/2024T4')
  assert.equal(await page.getByText('revoir le registre du CSCOM').count(), 0)
})

test('J2.5 the quarter is refused while alerts remain, then closed with reasons', async () => {
  const { cercle } = posts
  const { page } = cercle
  await visit(page, `/suivi/circuit/EX-CERCLE/${QUARTER}`)
  await screenshot(page, 'cloture-refus')
  const count = await entries(cercle)
  await refused(page, await press(page, 'Clore le trimestre'), '6 alertes')
  assert.equal(await entries(cercle), count)

  await visit(page, `/suivi/alertes/EX-CERCLE/${QUARTER}`)
  for (const { regle } of reference('example_alerts.csv')) {
    const article = alert(page, regle)
    await article.getByText('Commenter').click()
    if (regle === 'V003') {
      await refused(page, await press(page, 'Maintenir le chiffre', article), 'Il manque le motif')
    }
    await article.getByLabel('Pourquoi ce chiffre est juste').fill('vérifié avec le registre papier')
    assert.equal(await press(page, 'Maintenir le chiffre', article), 200)
    assert.match(await alert(page, regle).innerText(), /vérifié avec le registre papier/)
  }
  await sound(page)
  await visit(page, `/suivi/circuit/EX-CERCLE/${QUARTER}`)
  assert.equal(await press(page, 'Clore le trimestre'), 200)
  await sees(page, '.banner', 'Trimestre clos le')
  await sound(page)
  await screenshot(page, 'cloture')
  await holdsTheExpectedResults(page)

  // The values are locked: on the page, and behind it.
  await visit(page, `/suivi/saisie/EX-C1/${QUARTER}/J02`)
  await sees(page, '.state-box', 'verrouill')
  assert.equal(await page.locator('input.num:not([readonly])').count(), 0)
  const jeton = await page.locator('input[name=jeton]').first().inputValue()
  const answer = await page.request.post(`/suivi/saisie/EX-C1/${QUARTER}/J02/cellule`, {
    form: { jeton, palier: 'noyau', case: 'EDI_DELIB', valeur: '99', nsp: '', note: '', avant: '' },
    headers: { accept: 'application/json' },
  })
  assert.ok([409, 422].includes(answer.status()), `a locked cell answers ${answer.status()}`)
})

test('J2.6 the report is written, and comes as PDF, DOCX and XLSX', async () => {
  const { page } = posts.cercle
  const report = `/suivi/rapports/EX-CERCLE/${QUARTER}`
  await visit(page, report)
  await page.getByLabel('Faits marquants du trimestre').fill('Le forage de Commune 3 est réparé.')
  assert.equal(await press(page, 'Enregistrer les textes'), 200)
  await sees(page, 'article', 'Le forage de Commune 3 est réparé.')
  await sound(page)
  await screenshot(page, 'rapport')
  assert.equal(await page.locator('article.sheet > h2').count(), 14, 'the report has 14 sections')
  const begun = Date.now()
  const pdf = await (await file(page, `${report}.pdf`)).body()
  assert.ok(Date.now() - begun < 60_000)
  assert.equal(pdf.toString('latin1', 0, 5), '%PDF-')
  assert.ok(pdf.length > 20_000, `a PDF of ${pdf.length} bytes`)
  const again = await (await file(page, `${report}.pdf`)).body()
  assert.ok(pdf.equals(again), 'the report made again is the same file')
  const docx = unzip(await (await file(page, `${report}.docx`)).body())
  assert.match(docx.get('word/document.xml'), /Le forage de Commune 3 est réparé/)
  const xlsx = unzip(await (await file(page, `${report}.xlsx`)).body())
  assert.ok([...xlsx.keys()].some((it) => it.startsWith('xl/worksheets/')))
})

let envoi

test('J2.7 the package is small, and its size is told', async () => {
  const { cercle, region } = posts
  await visit(cercle.page, '/echanges')
  await sees(cercle.page, '#poste', 'non envoyée')
  await screenshot(cercle.page, 'echanges')
  envoi = await send(cercle, region)
  assert.ok(envoi.length <= 30_000, `${envoi.length} bytes`)
  await visit(cercle.page, '/echanges')
  await sees(cercle.page, '#envois', region.post)
  await sees(cercle.page, '#envois', 'Pas encore d’accusé de réception')
})

test('J2.3 what is damaged, cut, meant for another or forged is refused and changes nothing', async () => {
  const { cercle, region, nation, impostor } = posts
  await openPost(impostor)
  await meet(impostor, region)
  await visit(impostor.page, `/suivi/importer`)
  const [line] = values.filter(isOfQuarter)
  await impostor.page.getByLabel('Fichier CSV').setInputFiles({
    name: 'v.csv', mimeType: 'text/csv',
    buffer: Buffer.from(`element,unite_org,periode,options,valeur\n${Object.values(line).join(',')}\n`),
  })
  await press(impostor.page, 'Regarder le fichier')
  const forged = await send(impostor, region)

  const flipped = Buffer.from(envoi)
  flipped[flipped.length >> 1] ^= 0b100
  const count = await entries(region)
  for (const [bytes, name, words] of [
    [flipped, 'abime.bkd', 'abîmé'],
    [envoi.subarray(0, envoi.length - 7), 'coupe.bkd', 'coupé'],
    [envoi.subarray(0, 5), 'debut.bkd', 'coupé'],
    [Buffer.from('Bonjour'), 'lettre.txt', 'n’est pas un envoi Benkadi'],
    [forged, 'faux.bkd', 'n’est pas connu ici'],
  ]) {
    const status = await bring(region, bytes, name)
    assert.equal(status, 422, name)
    await sees(region.page, '.errors', words)
    assert.equal(await entries(region), count, `${name} changed something`)
  }
  await sound(region.page, { status: 422 })
  await screenshot(region.page, 'envoi-refus')
  const before = await entries(nation)
  await refused(nation.page, await bring(nation, envoi), 'destiné à un autre poste')
  assert.equal(await entries(nation), before)
  await refused(cercle.page, await bring(cercle, envoi), 'destiné à un autre poste')
})

test('J2.3 the region looks, declines, accepts; a second import changes nothing', async () => {
  const { region } = posts
  const count = await entries(region)
  assert.equal(await bring(region, envoi), 200)
  await sees(region.page, '.summary', posts.cercle.post)
  await sound(region.page)
  await screenshot(region.page, 'envoi-contenu')
  assert.equal(await entries(region), count, 'a preview writes nothing')
  await press(region.page, 'Ne pas accepter')
  await sees(region.page, '.banner', 'Rien n’a changé')
  assert.equal(await entries(region), count)

  await accept(region, envoi)
  const after = await entries(region)
  assert.ok(after > count)
  assert.equal(await bring(region, envoi), 200)
  await sees(region.page, '.banner', 'Vous avez déjà tout le contenu')
  await press(region.page, 'Accepter l’envoi')
  await sees(region.page, '.banner', 'rien n’a changé')
  assert.equal(await entries(region), after)
  // The journal of the post tells it.
  await visit(region.page, '/journal')
  await sees(region.page, 'main', 'Trimestre clos')
  // A record tells its history, and what was known of it on a day before.
  await visit(region.page, `/journal/fiche?sujet=EX-CERCLE/${QUARTER}`)
  await sound(region.page)
  await sees(region.page, 'main', 'Trimestre clos')
  await sees(region.page, 'main', `"quarter": "${QUARTER}"`)
  await region.page.fill('[name=connu_le]', '2020-01-01')
  await press(region.page, 'Voir ce qui était connu')
  await sees(region.page, 'main', 'Rien n’était encore connu')
  await visit(region.page, `/journal/fiche?sujet=EX-CERCLE/${QUARTER}&connu_le=hier`, { status: 422 })
  await sees(region.page, 'main', 'n’est pas une date')
})

test('unpublished figures of a cercle are closed to other cercles, by page, file and API', async () => {
  const { region } = posts
  await addPerson(region.data, {
    name: 'Fanta Coulibaly', login: 'fanta.coulibaly', office: 'cercle-adviser',
    title: 'Conseillère du centre', place: 'ML0204',
  })
  const other = await page(browser, region.server.address)
  assert.equal(await signIn(other, 'fanta.coulibaly'), 200)
  const visitor = await page(browser, region.server.address)
  for (const path of [
    `/suivi/saisie/EX-C3/${QUARTER}`,
    `/suivi/saisie/EX-C3/${QUARTER}/J02`,
    `/suivi/alertes/EX-CERCLE/${QUARTER}`,
    `/suivi/circuit/EX-CERCLE/${QUARTER}`,
    `/suivi/rapports/EX-CERCLE/${QUARTER}`,
    `/suivi/rapports/EX-CERCLE/${QUARTER}.pdf`,
    `/suivi/rapports/EX-CERCLE/${QUARTER}.xlsx`,
    `/suivi/indicateurs?lieu=EX-CERCLE&periode=${QUARTER}`,
    `/suivi/indicateurs.csv?lieu=EX-CERCLE&periode=${QUARTER}`,
    `/suivi/indicateurs.json?lieu=EX-C3&periode=${QUARTER}`,
    `/suivi/indicateurs.xlsx?lieu=EX-REGION&periode=${QUARTER}`,
  ]) {
    for (const [who, it] of [['another cercle', other], ['a visitor', visitor]]) {
      const answer = await it.request.get(path, { maxRedirects: 0, headers: { accept: '*/*' } })
      assert.ok([401, 403, 404, 422].includes(answer.status()), `${path}: ${answer.status()} to ${who}`)
    }
  }
  // Nor by the board, which shows what is public instead.
  await other.goto(`/suivi?lieu=EX-CERCLE&trimestre=${QUARTER}`)
  assert.equal(await other.locator('#units').count(), 0)
})

test('J3.2 the region sums components, and says who answered', async () => {
  const { page } = posts.region
  await visit(page, `/suivi/indicateurs?lieu=EX-REGION&periode=${QUARTER}`)
  await screenshot(page, 'indicateurs-region')
  const row = page.locator('tr', { hasText: 'I019' })
  const cells = (await row.allInnerTexts()).join(' ')
  assert.match(cells, /33,4/)
  assert.match(cells, /2\/3/)
  await visit(page, `/suivi/indicateurs?indicateur=I019&lieu=EX-REGION&periode=${QUARTER}`)
  await screenshot(page, 'indicateur-region')
  await holdsTheExpectedResults(page)
  await sumsUpTo(page, 'EX-REGION')
})

test('J3.4 the region validates and forwards', async () => {
  const { region, nation } = posts
  const { page } = region
  await visit(page, `/suivi?lieu=EX-REGION&trimestre=${QUARTER}`)
  await screenshot(page, 'suivi-region')
  await visit(page, `/suivi/circuit/EX-REGION/${QUARTER}`)
  await sees(page, '#received', 'Cercle d’exemple')
  assert.equal(await press(page, 'Valider la région'), 200)
  await sees(page, '.banner', 'Région validée le')
  await sound(page)
  await screenshot(page, 'validation')
  const toNation = await send(region, nation)
  assert.ok(toNation.length <= 30_000, `${toNation.length} bytes`)
  await accept(nation, toNation)
})

test('J4.1 the nation consolidates and publishes; before that nobody reads it', async () => {
  const { nation } = posts
  const visitor = await page(browser, nation.server.address)
  const csv = `/suivi/indicateurs.csv?lieu=EX-NATION&periode=${QUARTER}`
  await file(visitor, csv, { status: 422 })
  await visit(nation.page, `/suivi/circuit/EX-NATION/${QUARTER}`)
  await sees(nation.page, '#received', 'Région d’exemple')
  assert.equal(await press(nation.page, 'Publier le trimestre'), 200)
  await sees(nation.page, '.banner', 'Trimestre publié le')
  await sound(nation.page)
  await screenshot(nation.page, 'publication')
  await holdsTheExpectedResults(nation.page)
  await sumsUpTo(nation.page, 'EX-NATION')

  await file(visitor, csv)
  await sumsUpTo(visitor, 'EX-NATION')
  await visit(visitor, '/suivi')
  await sees(visitor, 'main', '4e trimestre 2024')
  await visit(visitor, `/suivi/indicateurs?indicateur=I019&lieu=EX-NATION&periode=${QUARTER}`)
  await screenshot(visitor, 'indicateur-public')
})

test('receipts travel back: « reçu par la région le … »', async () => {
  const { cercle, region, nation } = posts
  await accept(region, await send(nation, region))
  await visit(region.page, '/echanges')
  await sees(region.page, '#envois', `Reçu par ${nation.post} le`)
  await accept(cercle, await send(region, cercle))
  await visit(cercle.page, '/echanges')
  await sees(cercle.page, '#envois', `Reçu par ${region.post} le`)
  await screenshot(cercle.page, 'accuse')
})

test('J2.7 what became of the quarter comes back to the cercle', async () => {
  const { page } = posts.cercle
  await visit(page, `/suivi?lieu=EX-CERCLE&trimestre=${QUARTER}`)
  for (const words of ['Clos le', 'Validé le', 'Publié le']) await sees(page, '.page-head', words)
  await sees(page, '#units', 'Publiée')
  await sees(page, 'a.btn.primary', 'Rapport du trimestre')
  await screenshot(page, 'suivi-publie')
})
