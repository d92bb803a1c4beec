// Lists, creates, watches and deletes with the official JavaScript client, and prints a line of JSON for whatever it is told.
// Usage: node list-and-watch.mjs NAMESPACE, with KUBECONFIG set.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const library = createRequire(pathToFileURL(`${process.env.NODE_FOLDER}/`)).resolve('@kubernetes/client-node');
const k8s = await import(pathToFileURL(library));

const namespace = process.argv[2];
const [group, version, plural] = ['api.clever-cloud.com', 'v1', 'redis'];
const path = `/apis/${group}/${version}/namespaces/${namespace}/${plural}`;
const say = (what, value) => console.log(JSON.stringify({ what, ...value }));
const brief = (object) => ({ kind: object.kind, name: object.metadata.name, plan: object.spec.plan, generation: object.metadata.generation });
const resource = (name) => ({ apiVersion: `${group}/${version}`, kind: 'Redis', metadata: { name, namespace }, spec: { plan: 'dev', region: 'par' } });

const config = new k8s.KubeConfig();
config.loadFromFile(process.env.KUBECONFIG);
const custom = config.makeApiClient(k8s.CustomObjectsApi);
const core = config.makeApiClient(k8s.CoreV1Api);
const of = { group, version, namespace, plural };

await custom.createNamespacedCustomObject({ ...of, body: resource('first') });
await custom.createNamespacedCustomObject({ ...of, body: resource('second') });
const list = await custom.listNamespacedCustomObject(of);
say('list', { kind: list.kind, items: list.items.map(brief) });
const page = await custom.listNamespacedCustomObject({ ...of, limit: 1 });
say('page', { items: page.items.map(brief), more: Boolean(page.metadata._continue ?? page.metadata.continue), remaining: page.metadata.remainingItemCount });

// A watch from the list's revision.
let seen;
const three = new Promise((resolve) => { seen = resolve; });
let count = 0;
const watch = new k8s.Watch(config);
const stop = await watch.watch(path, { resourceVersion: list.metadata.resourceVersion, allowWatchBookmarks: true }, (type, object) => {
  if (type !== 'BOOKMARK') {
    say('watch', { type, object: brief(object) });
    if (++count === 3) seen();
  }
}, () => {});
await custom.createNamespacedCustomObject({ ...of, body: resource('third') });
await custom.patchNamespacedCustomObject(
  { ...of, name: 'third', body: [{ op: 'replace', path: '/spec/plan', value: 's_sml' }] },
  k8s.setHeaderOptions('Content-Type', k8s.PatchStrategy.JsonPatch));
await custom.deleteNamespacedCustomObject({ ...of, name: 'third' });
await three;
stop.abort();

// An informer: list and watch in one.
const informer = k8s.makeInformer(config, path, () => custom.listNamespacedCustomObject(of));
const told = new Promise((resolve) => {
  const names = new Set();
  informer.on('add', (object) => { names.add(object.metadata.name); if (names.size === 2) resolve([...names].sort()); });
});
await informer.start();
say('informer', { names: await told });
await informer.stop();

// Core kinds, and what an error looks like.
await core.createNamespacedSecret({ namespace, body: { metadata: { name: 'login' }, stringData: { user: 'me' } } });
say('secret', { data: (await core.readNamespacedSecret({ namespace, name: 'login' })).data ?? null });
for (const attempt of [
  () => custom.getNamespacedCustomObject({ ...of, name: 'none' }),
  () => custom.createNamespacedCustomObject({ ...of, body: resource('first') }),
  () => custom.createNamespacedCustomObject({ ...of, body: { ...resource('wrong'), spec: { plan: 7 } } }),
]) {
  await attempt().then(() => say('no error', {}), (error) => say('error', { code: error.code, reason: JSON.parse(typeof error.body === 'string' ? error.body : JSON.stringify(error.body)).reason }));
}
process.exit(0);
