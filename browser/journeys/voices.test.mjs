// J10.2, the part that is heard: the key figures of a commune, one sentence each; a person in
// charge records its fragments, and the program puts them together into one small file.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { folder, open, screenshot, sound, visit } from '../harness.mjs'
import { addPerson, file, prepare, press, refused, sees, signIn } from './acts.mjs'

let bench
const here = mkdtempSync(join(tmpdir(), 'benkadi-voix-'))

before(async () => {
  const data = await folder()
  await prepare(data, 'EX-NATION', 'example')
  await addPerson(data, {
    name: 'Fanta Keita',
    login: 'fanta',
    office: 'cercle-adviser',
    title: 'conseillère du cercle',
    place: 'EX-CERCLE',
  })
  await addPerson(data, {
    name: 'Ibrahim Maïga',
    login: 'ibrahim',
    office: 'national-officer',
    title: 'cellule nationale',
    place: 'EX-NATION',
  })
  bench = await open({ data })
})
after(() => bench?.close())

/** A machine says these words; gives the file and its length in samples of 48 000 a second. */
function say(words, { channels = 1 } = {}) {
  const [wav, opus] = ['son.wav', 'son.opus'].map((it) => join(here, it))
  execFileSync('espeak-ng', ['-v', 'fr', '-w', wav, words])
  const ways = channels === 1 ? ['--downmix-mono'] : []
  execFileSync('opusenc', ['--quiet', '--bitrate', '16', ...ways, wav, opus])
  return readFileSync(opus)
}

/** How long a file is heard, as another program decodes it: samples of 48 000 a second. */
function heard(bytes) {
  const [opus, raw] = ['lu.opus', 'lu.raw'].map((it) => join(here, it))
  writeFileSync(opus, bytes)
  execFileSync('opusdec', ['--quiet', '--rate', '48000', '--force-stereo', opus, `${raw}.wav`])
  const wav = readFileSync(`${raw}.wav`)
  return (wav.length - wav.indexOf('data') - 8) / 4
}

const sounds = new Map()

async function record(page, words, sound) {
  const option = page.locator('select[name=fragment] option', { hasText: new RegExp(`^\\s*${words.replace(/[.?]/g, '\\$&')}\\s*$`) })
  await page.locator('select[name=fragment]').selectOption(await option.first().getAttribute('value'))
  await page.getByLabel('Fichier Ogg Opus').setInputFiles({ name: 'son.opus', mimeType: 'audio/ogg', buffer: sound })
  await page.getByLabel('Personne qui parle').fill('Une voix de machine')
}

test('without recordings the sentence is written, and the page says what is missing', async () => {
  const page = await bench.page({ narrow: true, javaScript: false })
  await page.goto('/territoire/EX-C1')
  await page.getByRole('link', { name: 'Lire et écouter' }).click()
  await sees(page, 'main', 'élèves sont inscrits à l’école fondamentale')
  await sees(page, 'main', 'Ce n’est pas zéro')
  assert.equal(await page.locator('audio').count(), 0, 'nothing pretends to be heard')
  const visitor = await bench.page({ narrow: true })
  await visit(visitor, '/chiffres/EX-C1')
  await visitor.locator('.spoken .card').first().locator('summary').first().click()
  await sees(visitor, '.spoken', 'Il manque l’enregistrement de')
  await screenshot(visitor, 'chiffres-sans-voix-320')
})

test('a person in charge prints the text, and records it with the consent of who speaks', async () => {
  const page = await bench.page()
  await page.goto('/connexion')
  await signIn(page, 'fanta')
  await visit(page, '/voix')
  await screenshot(page, 'voix')
  await sees(page, 'main', 'à vérifier')
  await visit(page, '/voix/fr')
  const pdf = await (await file(page, '/voix/fr/texte.pdf')).body()
  writeFileSync(new URL('../results/voix-texte.pdf', import.meta.url), pdf)
  assert.equal(pdf.toString('latin1', 0, 4), '%PDF')

  await record(page, 'mille', say('mille'))
  await refused(page, await press(page, 'Enregistrer'), 'doit accepter d’être entendue')
  await record(page, 'mille', Buffer.from('RIFF, ce n’est pas un enregistrement'))
  await page.getByLabel('accepte d’être entendue').check()
  await refused(page, await press(page, 'Enregistrer'), 'n’est pas de l’Ogg Opus')

  // All that the first sentence needs, as the public page names it.
  await visit(page, '/chiffres/EX-C1')
  const details = page.locator('.spoken .card').first().locator('.say').first()
  await details.locator('summary').click()
  const missing = (await details.locator('details [lang=fr]').innerText()).split('·').map((it) => it.trim())
  assert.ok(missing.length >= 3, missing.join('; '))
  for (const words of missing) {
    await page.goto('/voix/fr')
    const bytes = say(words)
    sounds.set(words, heard(bytes))
    await record(page, words, bytes)
    await page.getByLabel('accepte d’être entendue').check()
    assert.equal(await press(page, 'Enregistrer'), 200)
  }
  await sound(page)
  await screenshot(page, 'voix-fr')
})

test('the sentence is one small file, as long as its parts', async () => {
  const page = await bench.page({ narrow: true })
  await visit(page, '/chiffres/EX-C1')
  const player = page.locator('.spoken .card').first().locator('audio').first()
  const address = await player.getAttribute('src')
  const answer = await file(page, address)
  assert.match(answer.headers()['content-type'], /^audio\/ogg/)
  const bytes = await answer.body()
  assert.ok(bytes.length <= 40 * 1024, `${bytes.length} bytes`)
  // A fragment may stand in it twice; here none does. Between two lies at most one packet and what
  // an encoder puts before its sound.
  const parts = [...sounds.values()].reduce((sum, it) => sum + it, 0)
  const whole = heard(bytes)
  assert.ok(whole >= parts, `${whole} samples of ${parts}`)
  assert.ok(whole <= parts + sounds.size * (960 + 312), `${whole} samples of ${parts}`)
  console.log(`${sounds.size} fragments, ${bytes.length} bytes, ${(whole / 48000).toFixed(2)} s of ${(parts / 48000).toFixed(2)} s`)
  // The same sentence stands beside it in writing, and the browser plays it.
  await sees(page, '.spoken', 'élèves sont inscrits')
  const seconds = await player.evaluate(async (it) => {
    it.preload = 'auto'
    it.load()
    await new Promise((done, fail) => {
      it.addEventListener('loadedmetadata', done)
      it.addEventListener('error', () => fail(new Error(`media error ${it.error?.code}`)))
    })
    return it.duration
  })
  assert.ok(Math.abs(seconds - whole / 48000) < 0.05, `${seconds} s in the browser`)
  await screenshot(page, 'chiffres-320')
  const wide = await bench.page()
  await visit(wide, '/chiffres/EX-C1')
  await screenshot(wide, 'chiffres')
})

test('who spoke may take the word back, and the sentence falls silent', async () => {
  const page = await bench.page()
  await page.goto('/connexion')
  await signIn(page, 'fanta')
  await visit(page, '/voix/fr')
  const row = page.locator('#faits tbody tr').first()
  await row.locator('summary').click()
  await row.getByLabel('Pourquoi').fill('La personne retire son accord.')
  await row.getByRole('button', { name: 'Retirer' }).click()
  await page.waitForLoadState()
  const visitor = await bench.page()
  await visit(visitor, '/chiffres/EX-C1')
  assert.equal(await visitor.locator('audio').count(), 0)
})

test('a language is loaded from a file, and one with a hole is refused', async () => {
  const page = await bench.page()
  await page.goto('/connexion')
  await signIn(page, 'ibrahim')
  await visit(page, '/voix')
  const digits = Array.from({ length: 10 }, (_, it) => `d${it}`)
  const language = {
    language: 'eo', name: 'langue inventée', edition: '2026-01-01', source: 'Inventée pour essayer.',
    fragments: { ...Object.fromEntries(digits.map((it) => [it, `chiffre ${it}`])), dans: 'à', fin: 'élèves', nd: 'on ne sait pas' },
    numbers: { words: Object.fromEntries(digits.map((it, at) => [at, [it]])), steps: [], greatest: 9 },
    sentences: { EDU_ELEVES: { known: ['dans', '@place', '@number', 'fin'], unknown: ['@place', 'nd'] } },
  }
  const load = async (it) => {
    const buffer = Buffer.from(JSON.stringify(it))
    await page.getByLabel('Fichier de la langue').setInputFiles({ name: 'eo.json', mimeType: 'application/json', buffer })
    return press(page, 'Charger la langue')
  }
  await refused(page, await load({ ...language, fragments: { a: 'un' } }), 'est nommé et n’est pas décrit')
  await refused(page, await load({ langue: 'xx' }), 'ne décrit pas une langue')
  assert.equal(await load(language), 200)
  await sees(page, 'h1', 'langue inventée')
  await visit(page, '/voix')
  const long = { ...language, numbers: { words: { 0: ['d0'] }, steps: [] } }
  await refused(page, await load(long), 'ne peut pas se dire')
  const alike = { ...language, numbers: { words: { 0: ['d0'], 1: ['d0'] }, steps: [], greatest: 1 } }
  await refused(page, await load(alike), 's’entendent pareil')
})
