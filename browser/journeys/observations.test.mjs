// J10.3: an inhabitant tells what she sees, without an account; somebody who is not of the commune
// decides; the commune answers beside it, as large; the inhabitant says when it is settled.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { folder, open, plug, screenshot, sound, unplug, visit } from '../harness.mjs'
import { PASSWORD, addPerson, file, prepare, press, refused, sees, setUp, signIn } from './acts.mjs'

let bench
let data

before(async () => {
  data = await folder()
  await prepare(data, 'EX-NATION', 'example')
  await addPerson(data, {
    name: 'Awa Diarra',
    login: 'awa',
    office: 'citizen-moderator',
    title: 'antenne citoyenne d’exemple',
    place: 'EX-CERCLE',
  })
  await addPerson(data, {
    name: 'Moussa Keita',
    login: 'moussa',
    office: 'municipal-secretary',
    title: 'secrétaire général d’exemple 1',
    place: 'EX-C1',
  })
  bench = await open({ data })
})
after(() => bench?.close())

/** A photograph of a telephone: large, with the place in it. */
async function photograph(page) {
  const bytes = await page.evaluate(async () => {
    const canvas = document.createElement('canvas')
    canvas.width = 1600
    canvas.height = 1200
    const pen = canvas.getContext('2d')
    for (let at = 0; at < 4000; at++) {
      pen.fillStyle = `hsl(${(at * 37) % 360} 60% ${30 + (at % 50)}%)`
      pen.fillRect((at * 131) % 1600, (at * 71) % 1200, 90, 60)
    }
    const blob = await new Promise((done) => canvas.toBlob(done, 'image/jpeg', 0.95))
    return [...new Uint8Array(await blob.arrayBuffer())]
  })
  const plain = Buffer.from(bytes)
  const place = Buffer.from('Exif\0\0GPS 12.65 N 8.00 W')
  const segment = Buffer.concat([Buffer.from([0xff, 0xe1, 0, place.length + 2]), place])
  return Buffer.concat([plain.subarray(0, 2), segment, plain.subarray(2)])
}

let observation
let code

test('J10.3 she finds her commune, and what she sees waits in the telephone until the network is back', async () => {
  const page = await bench.page({ narrow: true })
  await visit(page, '/observations')
  await screenshot(page, 'observations-accueil')
  await page.getByRole('searchbox').fill('commune exemple 1')
  await press(page, 'Commencer')
  await sound(page)
  await page.locator('.tasks').getByRole('link').first().click()
  await sound(page)
  assert.match(page.url(), /\/observations\/nouvelle\/EX-C1$/)
  await screenshot(page, 'observations-formulaire')

  const photo = await photograph(page)
  assert.ok(photo.length > 200_000, 'the photograph is as large as a telephone makes it')
  await unplug(page)
  await page.getByLabel('Forage ou puits en panne').check()
  await page.getByLabel('Qu’avez-vous vu').fill('Le forage du marché est en panne depuis lundi, dit Fanta Coulibaly.')
  await page.getByLabel('Village ou quartier').fill('Quartier du marché')
  await page.getByLabel('Photo').setInputFiles({ name: 'IMG.jpg', mimeType: 'image/jpeg', buffer: photo })
  await page.getByLabel('Comment vous joindre').fill('76 00 00 00')
  await page.locator('main').getByRole('button', { name: 'Envoyer' }).click()
  await page.locator('#queue .b-title', { hasText: '1 observation en attente' }).waitFor()
  await screenshot(page, 'observations-en-attente')

  await plug(page)
  await page.locator('#queue', { hasText: 'Votre observation est arrivée' }).waitFor()
  code = await page.locator('#queue .code-big').innerText()
  assert.match(code, /^[A-Z2-9]{5}-[A-Z2-9]{5}$/)
  // Nothing stays in the telephone.
  await page.reload()
  assert.equal(await page.locator('#queue').isVisible(), false)
})

test('without JavaScript the form is sent as any other, and twice is once', async () => {
  const page = await bench.page({ narrow: true, javaScript: false })
  await page.goto('/observations/nouvelle/EX-C2')
  await page.getByLabel('Qu’avez-vous vu').fill('panne')
  let status = await press(page, 'Envoyer')
  assert.equal(status, 422)
  await sees(page, '.errors', 'Choisissez de quoi il s’agit')
  await sees(page, '.errors', 'C’est trop court')
  const again = await bench.page({ narrow: true, javaScript: false })
  await again.goto('/observations/nouvelle/EX-C2')
  await again.getByLabel('École', { exact: true }).check()
  await again.getByLabel('Qu’avez-vous vu').fill('Le toit de la classe est tombé hier soir.')
  status = await press(again, 'Envoyer')
  assert.equal(status, 200)
  const first = await again.locator('.code-big').innerText()
  await screenshot(again, 'observations-envoyee')
  // The line breaks before the answer comes, and the same form is sent again.
  await again.goto('/observations/nouvelle/EX-C2')
  const envoi = await again.locator('input[name=envoi]').inputValue()
  const send = async () => {
    const multipart = { jeton: '', envoi, sujet: 'ecole', texte: 'Le puits de l’école est à sec.' }
    const answer = await again.request.post('/observations/nouvelle/EX-C2', { multipart })
    return (await answer.text()).match(/code-big">([A-Z2-9-]+)</)[1]
  }
  assert.equal(await send(), await send())
  assert.notEqual(await send(), first)
})

test('nothing is public before somebody decides; the commune alone cannot', async () => {
  const visitor = await bench.page()
  await visit(visitor, '/observations/commune/EX-C1')
  assert.doesNotMatch(await visitor.content(), /marché est en panne/)
  const moussa = await bench.page()
  await moussa.goto('/connexion')
  await signIn(moussa, 'moussa')
  await visit(moussa, '/observations/moderation', { status: 403 })

  const page = await bench.page()
  await page.goto('/connexion')
  await signIn(page, 'awa')
  await visit(page, '/')
  await sees(page, 'main', 'observations à décider')
  await visit(page, '/observations/moderation')
  await screenshot(page, 'observations-a-decider')
  await page.getByRole('link', { name: 'Forage' }).first().click()
  await sound(page)
  observation = page.url().split('/').at(-1)
  await sees(page, 'main', '76 00 00 00')
  await screenshot(page, 'observations-decider')

  // A question first; the inhabitant answers with her code.
  await page.locator('summary', { hasText: 'Demander une précision' }).click()
  await page.getByLabel('Question à la personne').fill('Est-ce la pompe à main ou le forage solaire ?')
  await press(page, 'Demander une précision')
  const phone = await bench.page({ narrow: true })
  await visit(phone, '/observations/suivi')
  await phone.getByLabel('Code').fill('AAAAA-AAAAA')
  await refused(phone, await press(phone, 'Voir'), 'Aucune observation n’a ce code')
  await phone.getByLabel('Code').fill(code.toLowerCase())
  await press(phone, 'Voir')
  await sound(phone)
  await sees(phone, 'main', 'la pompe à main ou le forage solaire')
  await phone.getByLabel('Votre réponse').fill('La pompe à main.')
  await press(phone, 'Envoyer ma réponse')
  await screenshot(phone, 'observations-suivi')

  // A name is left out; words are never put in.
  await page.reload()
  await sees(page, 'main', 'La pompe à main.')
  const shown = page.getByLabel('Texte publié')
  await shown.fill('Le forage du marché marche bien.')
  await refused(page, await press(page, 'Publier'), 'change les mots')
  await shown.fill('Le forage du marché est en panne depuis lundi, dit […].')
  await press(page, 'Publier')
  await sound(page)
})

test('the commune is told, and answers beside the observation, as large', async () => {
  const page = await bench.page()
  await page.goto('/connexion')
  await signIn(page, 'moussa')
  await visit(page, '/')
  await sees(page, 'main', 'Répondre à une observation')
  await sees(page, '.status', 'Observations à répondre')
  await visit(page, '/observations/reponses')
  await screenshot(page, 'observations-reponses')
  await visit(page, `/observations/${observation}`)
  await page.getByLabel('Réponse de la commune').fill('Le réparateur passe jeudi. L’eau du centre de santé reste ouverte.')
  await page.locator('main').getByRole('button', { name: 'Publier la réponse' }).click()
  await page.waitForLoadState()
  await sound(page)

  const visitor = await bench.page()
  await visit(visitor, `/observations/${observation}`)
  await screenshot(visitor, 'observation')
  const words = await visitor.locator('main').innerText()
  assert.match(words, /dit \[…\]/)
  assert.doesNotMatch(words, /Fanta Coulibaly|76 00 00 00|Moussa Keita|Awa Diarra/)
  const [left, right] = await Promise.all(
    [0, 1].map((at) => visitor.locator('.pair > div').nth(at).boundingBox()),
  )
  assert.equal(Math.round(left.width), Math.round(right.width), 'both sides are as wide')
  const size = (at) =>
    visitor.locator('.pair .words').nth(at).evaluate((it) => getComputedStyle(it).fontSize)
  assert.equal(await size(0), await size(1), 'both sides are written as large')

  // The photograph is small, and nothing of the telephone is left in it.
  const photo = await (await file(visitor, `/observations/${observation}/photo`)).body()
  assert.ok(photo.length <= 60 * 1024, `${photo.length} bytes`)
  assert.ok(!photo.includes('GPS') && !photo.includes('Exif'))

  const phone = await bench.page({ narrow: true })
  await visit(phone, '/observations/commune/EX-C1')
  await screenshot(phone, 'observations-commune-320')
  await visit(phone, '/territoire/EX-C1')
  await sees(phone, 'main', 'Observations des citoyens')
})

test('she says that it is settled, and how to reach her is erased', async () => {
  const phone = await bench.page({ narrow: true })
  await visit(phone, '/observations/suivi')
  await phone.getByLabel('Code').fill(code)
  await press(phone, 'Voir')
  await sees(phone, 'main', 'Un moyen de vous joindre est encore gardé')
  await press(phone, 'Oui, c’est réglé')
  await sound(phone)
  await sees(phone, 'main', 'réglée')
  const page = await bench.page()
  await page.goto('/connexion')
  await signIn(page, 'awa')
  await visit(page, `/observations/moderation/${observation}`)
  assert.doesNotMatch(await page.content(), /76 00 00 00/)
  // It was not settled after all; then it is found to be false and withdrawn: later entries both.
  await page.locator('summary', { hasText: 'Rouvrir' }).click()
  await page.getByLabel('Explication').first().fill('La pompe est de nouveau en panne.')
  await press(page, 'Rouvrir : ce n’est pas réglé'.replace(' :', '\u00a0:'))
  await page.locator('summary', { hasText: 'Retirer la publication' }).click()
  await page.getByLabel('Les faits ont été vérifiés').last().check()
  await page.getByLabel('Explication').last().fill('Vérifié sur place : la pompe marche.')
  await press(page, 'Retirer la publication')
  await sound(page)
  const visitor = await bench.page()
  await visit(visitor, `/observations/${observation}`)
  await sees(visitor, 'main', 'a été retirée')
  assert.doesNotMatch(await visitor.locator('main').innerText(), /marché est en panne/)
})

test('all of it is there in English too', async () => {
  const page = await bench.page({ language: 'en' })
  await page.goto('/connexion?langue=en')
  await page.locator('input[name=identifiant]').fill('awa')
  await page.locator('input[type=password]').fill(PASSWORD)
  await page.locator('main button').first().click()
  await page.waitForLoadState()
  for (const [path, words] of [
    ['/observations', 'Citizens’ observations'],
    ['/observations/commune/EX-C1', 'The commune answers'],
    ['/observations/nouvelle/EX-C1', 'What did you see?'],
    ['/observations/suivi', 'Follow my observation'],
    ['/observations/moderation', 'To decide'],
    [`/observations/moderation/${observation}`, 'Decide about an observation'],
    [`/observations/${observation}`, 'What happened'],
  ]) {
    await visit(page, `${path}?langue=en`)
    await sees(page, 'body', words)
  }
})
