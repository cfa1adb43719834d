// A region of eight cercles of which five sent (J3.1), and its synthesis (J3.5). The nation first sets
// days of its own for some cercles, by the plan of the circuit. The places are those of Mopti, the
// figures invented; the percentages are computed by hand below.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { launch, page, screenshot, sound, visit } from '../harness.mjs'
import { addPerson, file, press, refused, sees, signIn } from './acts.mjs'
import { start, stop } from './posts.mjs'

const DAY = 86_400_000
// The quarter that is being collected today: the one before that of today.
const now = new Date()
const first = new Date(Date.UTC(now.getUTCFullYear(), Math.floor(now.getUTCMonth() / 3) * 3, 1))
const last = new Date(first.getTime() - DAY)
const QUARTER = `${last.getUTCFullYear()}T${Math.floor(last.getUTCMonth() / 3) + 1}`
const today = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate())
/** How many days ago the quarter ended. */
const AGO = Math.round((today - last.getTime()) / DAY)

const region = {
  place: 'ML05', name: 'Awa Diarra', login: 'awa.diarra', office: 'regional-officer',
  title: 'Chargée de suivi', post: 'CSR de Mopti', level: 'region',
}
// The five that send: what each of their communes says. A commune owes 9 forms a quarter and 120
// mandatory cells; EDI_ cells are on one form, ETC_MAR on another.
const sent = {
  // 21 communes: 1 form of 189, 2 cells of 2 520; participants are missing: one alert.
  ML0501: { name: 'Bandiagara', cells: [['ML050101', 'EDI_SESS_ORD', 1], ['ML050101', 'EDI_RESTIT', 1]] },
  // 12 communes, whose day was the last of the quarter: 0 forms of 108, 1 cell of 1 440.
  ML0503: { name: 'Djenné', cells: [['ML050301', 'EDI_SESS_ORD', 1]] },
  // 15 communes: 6 forms of 135, 6 cells of 1 800.
  ML0506: {
    name: 'Mopti',
    cells: ['ML050601', 'ML050602', 'ML050603'].flatMap((it) => [
      [it, 'EDI_SESS_ORD', 1], [it, 'ETC_MAR', 3],
    ]),
  },
  // 10 communes: 2 forms of 90, 2 cells of 1 200.
  ML0507: { name: 'Ténenkou', cells: [['ML050701', 'EDI_SESS_ORD', 1], ['ML050702', 'EDI_SESS_ORD', 1]] },
  // 7 communes: 2 forms of 63, 2 cells of 840.
  ML0508: { name: 'Youwarou', cells: [['ML050801', 'EDI_SESS_ORD', 1], ['ML050801', 'ETC_MAR', 2]] },
}
const missing = { ML0502: 'Bankass', ML0504: 'Douentza', ML0505: 'Koro' }
const expected = {
  ML0501: { promptness: ['0,5 %', '1/189'], completeness: ['0,1 %', '2/2520'] },
  ML0502: { promptness: ['0 %', '0/108'], completeness: ['0 %', '0/1440'] },
  ML0503: { promptness: ['0 %', '0/108'], completeness: ['0,1 %', '1/1440'] },
  ML0504: { promptness: ['0 %', '0/135'], completeness: ['0 %', '0/1800'] },
  ML0505: { promptness: ['0 %', '0/144'], completeness: ['0 %', '0/1920'] },
  ML0506: { promptness: ['4,4 %', '6/135'], completeness: ['0,3 %', '6/1800'] },
  ML0507: { promptness: ['2,2 %', '2/90'], completeness: ['0,2 %', '2/1200'] },
  ML0508: { promptness: ['3,2 %', '2/63'], completeness: ['0,2 %', '2/840'] },
}

let browser
before(async () => {
  browser = await launch()
  await start(browser, region, 'reference')
  await addPerson(region.data, {
    name: 'Ibrahim Maïga', login: 'ccn', office: 'national-officer', title: 'Cellule nationale', place: 'ML',
  })
  for (const code of Object.keys(sent)) {
    await addPerson(region.data, {
      name: `Conseiller ${code}`, login: code.toLowerCase(), office: 'cercle-adviser',
      title: `Conseiller, ${sent[code].name}`, place: code,
    })
  }
})
after(async () => {
  await browser?.close()
  await stop([region])
})

/** Somebody else sits down at this post. */
async function as(login) {
  const it = await page(browser, region.server.address)
  assert.equal(await signIn(it, login), 200)
  return it
}

/** A row more in the plan of the circuit: looked at, then written with a reason. */
async function replan(it, { step, within, days, units }) {
  await it.goto('/suivi/plan')
  await it.locator('#f-etape').selectOption(step)
  await it.locator('#f-depuis').selectOption(QUARTER)
  await it.locator('#f-dans').fill(within)
  await it.locator('#f-delai').fill(String(days))
  assert.equal(await press(it, 'Voir ce qui change'), 200)
  await sees(it, '#seen', `${units}`)
  await it.getByLabel('Motif').fill('Les pistes sont coupées après les pluies.')
  assert.equal(await press(it, 'Enregistrer le circuit'), 200)
  await sees(it, '.banner', 'Le circuit est enregistré')
}

test('the nation gives a region and two of its cercles days of their own', async () => {
  const it = await as('ccn')
  await visit(it, '/suivi/plan')
  await sees(it, '#plan', 'Publier le trimestre')
  await it.locator('#f-dans').fill('ML0599')
  await it.locator('#f-delai').fill('12')
  await refused(it, await press(it, 'Voir ce qui change'), '« ML0599 » n’est pas un lieu du circuit')
  assert.equal(await it.locator('#f-delai').inputValue(), '12', 'what was typed stays')
  // 108 communes and the eight cercles; a cercle alone, and one with its twelve communes.
  await replan(it, { step: 'deposer', within: 'ML05', days: 366, units: 116 })
  await replan(it, { step: 'clore', within: 'ML05', days: 366, units: 116 })
  await replan(it, { step: 'deposer', within: 'ML0503', days: 0, units: 13 })
  await replan(it, { step: 'clore', within: 'ML0503', days: 0, units: 13 })
  await replan(it, { step: 'clore', within: 'ML0502', days: 0, units: 13 })
  await sound(it)
  await sees(it, '.timeline', 'Circuit n° 5')
  await screenshot(it, 'circuit-plan')
  await it.locator('#f-dans').fill('ML0504')
  await it.locator('#f-etape').selectOption('valider')
  await it.locator('#f-chez').fill('ML04')
  await it.locator('#f-delai').fill('40')
  assert.equal(await press(it, 'Voir ce qui change'), 200)
  await sees(it, '#seen', 'Mopti')
  await sees(it, '#seen', 'Ségou')
  await sound(it)
  await screenshot(it, 'circuit-plan-apercu')
  const narrow = await page(browser, region.server.address, { narrow: true })
  await signIn(narrow, 'ccn')
  await visit(narrow, '/suivi/plan')
})

test('five of the eight cercles close; one answers its alert first', async () => {
  for (const [code, { cells }] of Object.entries(sent)) {
    const it = await as(code.toLowerCase())
    const lines = cells.map(([unit, element, value]) => `${element},${unit},${QUARTER},,${value}`)
    await it.goto('/suivi/importer')
    await it.getByLabel('Fichier CSV').setInputFiles({
      name: 'valeurs.csv', mimeType: 'text/csv',
      buffer: Buffer.from(['element,unite_org,periode,options,valeur', ...lines].join('\n')),
    })
    await press(it, 'Regarder le fichier')
    await press(it, 'Accepter')
    if (code === 'ML0501') {
      await it.goto('/')
      await sees(it, 'main', 'Clore')
      await screenshot(it, 'accueil-echeances')
      await visit(it, `/suivi/alertes/${code}/${QUARTER}`)
      const article = it.locator('article.alert').first()
      await article.getByText('Commenter').click()
      await article.getByLabel('Pourquoi ce chiffre est juste').fill('La liste de présence manque encore.')
      assert.equal(await press(it, 'Maintenir le chiffre', article), 200)
    }
    await it.goto(`/suivi/circuit/${code}/${QUARTER}`)
    await it.getByLabel('Continuer sans ceux qui manquent').check()
    await it.getByLabel('Motif', { exact: true }).fill('Les autres communes n’ont pas transmis.')
    assert.equal(await press(it, 'Clore le trimestre'), 200)
    await it.context().close()
  }
})

test('J3.1 received, late, with alerts; promptness and completeness by hand', async () => {
  const it = region.page
  await visit(it, `/suivi/reception/ML05/${QUARTER}`)
  await sees(it, '.missing', '5/8')
  await sees(it, '.missing', Object.values(missing).join(', '))
  // 11 forms of 972, 13 cells of 12 960.
  await sees(it, '.tiles', '1,1 %')
  await sees(it, '.tiles', '11 fiches à temps sur 972')
  await sees(it, '.tiles', '0,1 %')
  await sees(it, '.tiles', '13 cases remplies sur 12960')
  const plain = (text) => text.replace(/\s+/g, ' ')
  const rows = it.locator('#reception > tbody > tr')
  assert.equal(await rows.count(), 8)
  for (const [code, { promptness, completeness }] of Object.entries(expected)) {
    const row = rows.filter({ has: it.locator(`th a[href*="lieu=${code}&"]`) })
    await sees(it, `#reception th a[href*="lieu=${code}&"]`, sent[code]?.name ?? missing[code])
    const cells = (await row.locator(':scope > td').allInnerTexts()).map(plain)
    assert.ok(cells[2].includes(promptness[0]) && cells[2].includes(promptness[1]), `${code}: ${cells[2]}`)
    assert.ok(cells[3].includes(completeness[0]) && cells[3].includes(completeness[1]), `${code}: ${cells[3]}`)
  }
  const days = AGO === 1 ? 'un jour' : `${AGO} jours`
  await sees(it, '#reception', AGO === 1 ? 'Reçu avec 1 jour de retard' : `Reçu avec ${AGO} jours de retard`)
  await sees(it, '#reception', AGO === 1 ? `En retard d’${days}` : `En retard de ${days}`)
  await sees(it, '#reception', 'Attendu dans')
  await sees(it, '#reception', '1 alerte, 0 sans réponse')
  await sees(it, 'main', 'Un cercle est en retard.')
  await screenshot(it, 'reception-8-cercles')
})

test('what is mine to do, until when, late in words, on the first page and to be printed', async () => {
  const it = region.page
  await visit(it, '/')
  await sees(it, 'main', `Valider`)
  await screenshot(it, 'accueil-region')
  await visit(it, '/suivi/echeances')
  await sees(it, '#owed', '3 envois manquent')
  await sees(it, '#terms', 'Publier le trimestre')
  await screenshot(it, 'echeances')
  await it.emulateMedia({ media: 'print' })
  await screenshot(it, 'echeances-papier')
  await it.emulateMedia({ media: null })
})

test('J3.5 the synthesis of the region holds on six pages and names its eight cercles', async () => {
  const it = region.page
  await visit(it, `/suivi/circuit/ML05/${QUARTER}`)
  await it.getByLabel('Continuer sans ceux qui manquent').check()
  await it.getByLabel('Motif', { exact: true }).fill('Trois cercles n’ont pas transmis.')
  assert.equal(await press(it, 'Valider la région'), 200)
  const path = `/suivi/rapports/ML05/${QUARTER}/syn-cro`
  const pdf = await (await file(it, `${path}.pdf`)).body()
  const folder = mkdtempSync(join(tmpdir(), 'benkadi-synthese-'))
  const name = join(folder, 'syn-cro.pdf')
  writeFileSync(name, pdf)
  try {
    const told = execFileSync('pdfinfo', [name], { encoding: 'utf8' })
    const pages = Number(told.match(/^Pages:\s+(\d+)$/m)[1])
    assert.ok(pages <= 6, `${pages} pages`)
    const text = execFileSync('pdftotext', ['-layout', name, '-'], { encoding: 'utf8' })
    const names = ['Bandiagara', 'Bankass', 'Djenné', 'Douentza', 'Koro', 'Mopti', 'Ténenkou', 'Youwarou']
    const at = names.map((it) => text.indexOf(it))
    assert.ok(at.every((it) => it >= 0), names.filter((_, n) => at[n] < 0).join(', '))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
