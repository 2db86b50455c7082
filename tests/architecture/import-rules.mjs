// Which room may know which. Each comment is what a person reads when the rule is broken.
const features = (...names) => `^cloudfunctions/(${names.join('|')})/`
const anyFeature = '^cloudfunctions/(?!_shared/)[^/]+/'
const doors = '^cloudfunctions/([^/]+-callback|tick|nightly|backup)/'
// What another feature may take: an operation is a whole piece of business with no caller in it.
const operations = '/(settle|issue|jobs|save|departing|demonstration|seats|seat-check|books-check|choosing|crew|leaving)\\.ts$'
const lower = { houses: [], members: ['houses'], incidents: ['houses', 'members'], billing: ['houses', 'members'] }
// They read what all others have done, and nobody builds on them.
const upper = ['payments', 'refunds', 'home', 'insights', 'account', 'operations']
// A feature whose actions outgrow one file has a folder of them, one file a subject.
const actionFiles = '/([a-z-]*actions|index|actions/[^/]+)\\.ts$'

const error = (name, comment, from, to) => ({ name, severity: 'error', comment, from, to })

const order = [
  ...Object.entries(lower).map(([name, below]) =>
    error(`order-${name}`, `${name} stands below the other features: it may know ${below.join(' and ') || 'none of them'}.`, { path: features(name) }, { path: anyFeature, pathNot: features(name, ...below) }),
  ),
  error(
    'order-features',
    'A feature may know houses, members, incidents and billing, and no feature beside it or above it; what knows two features lives in the one that causes it.',
    { path: '^cloudfunctions/((?!_shared/)[^/]+)/', pathNot: [features(...Object.keys(lower), ...upper, 'repair-desk'), doors] },
    { path: anyFeature, pathNot: ['^cloudfunctions/$1/', features(...Object.keys(lower))] },
  ),
  error('order-repair-desk', 'repair-desk is the desk of repairs: it may know them and what they stand on.', { path: features('repair-desk') }, { path: anyFeature, pathNot: features('repair-desk', 'repairs', ...Object.keys(lower)) }),
  error('order-payments', 'payments may know every feature except refunds, home, insights and operations: these show or give back what has been paid.', { path: features('payments') }, { path: features('refunds', 'home', 'insights', 'operations') }),
  error('order-refunds', 'refunds may know payments and what they stand on; home, insights and operations show what was given back.', { path: features('refunds') }, { path: features('home', 'insights', 'operations') }),
  error('home-is-last', 'Nobody knows home: it is put together from the others.', { path: anyFeature, pathNot: features('home') }, { path: features('home'), pathNot: '/contract\\.ts$' }),
]

const acrossFeatures = [
  error(
    'not-its-actions',
    "Another feature's actions and index are its own: they belong to a caller. Take its noun, its repository or an operation.",
    { path: '^cloudfunctions/([^/]+)/' },
    { path: `^cloudfunctions/[^/]+${actionFiles}`, pathNot: '^cloudfunctions/$1/' },
  ),
  error(
    'contract-to-contract',
    "Another feature's contract may be built into a contract, and nowhere else be more than a type.",
    { path: '^cloudfunctions/([^/]+)/', pathNot: '/contract\\.ts$' },
    { path: '^cloudfunctions/(?!_shared/)[^/]+/contract\\.ts$', pathNot: '^cloudfunctions/$1/', dependencyTypesNot: ['type-only'] },
  ),
  error('doors-call-operations', 'A door holds no logic: it calls operations (settle, issue, jobs) and nothing else of a feature.', { path: doors }, { path: anyFeature, pathNot: [doors, operations] }),
  error('nobody-uses-a-door', 'Doors are opened from outside only.', { path: '^cloudfunctions/', pathNot: doors }, { path: doors }),
  error('shared-knows-no-feature', '_shared is the platform made typed; it knows no feature.', { path: '^cloudfunctions/_shared/' }, { path: anyFeature }),
]

const insideAFeature = [
  error('a-rule-never-loads', 'A noun file is pure: it may not reach the database, the SDK or the clock, nor those who do.', {
    path: '^cloudfunctions/(?!_shared/)[^/]+/',
    pathNot: [actionFiles, '/(repository|contract)\\.ts$', operations],
  }, { path: ['^cloudfunctions/_shared/(db|platform|storage|vault|outbox|notify|audit|serve|door)\\.ts$', '/repository\\.ts$', actionFiles, 'node_modules/wx-server-sdk'], dependencyTypesNot: ['type-only'] }),
  error('a-repository-never-decides', 'A repository names collections and commands; the noun decides, the action calls both.', { path: '/repository\\.ts$' }, { path: actionFiles }),
  error('arrows-do-not-point-back', 'index calls actions, actions call the rest; nothing calls back.', { path: '^cloudfunctions/', pathNot: '/index\\.ts$' }, { path: '^cloudfunctions/[^/]+/index\\.ts$' }),
  error('collections-in-repositories', 'The database is named in repositories only (and in _shared).', {
    path: '^cloudfunctions/(?!_shared/)[^/]+/',
    pathNot: ['/repository\\.ts$', actionFiles, operations],
  }, { path: '^cloudfunctions/_shared/db\\.ts$', dependencyTypesNot: ['type-only'] }),
]

const onThePhone = [
  error('phone-takes-contracts', 'Of the cloud, the phone may know contracts and nothing else.', { path: '^miniprogram/' }, { path: '^cloudfunctions/', pathNot: '/contract\\.ts$' }),
  error('phone-takes-types', 'The phone takes only types from the cloud (`import type`), or zod travels to every phone.', { path: '^miniprogram/' }, { path: '^cloudfunctions/', dependencyTypesNot: ['type-only'] }),
  error('features-are-apart', 'A feature of the phone is a subpackage: what two of them need lives in components, services or support.', { path: '^miniprogram/features/([^/]+)/' }, { path: '^miniprogram/features/', pathNot: '^miniprogram/features/$1/' }),
  error('main-package-is-alone', 'The main package cannot require a subpackage: WeChat may not have downloaded it.', { path: '^miniprogram/', pathNot: '^miniprogram/features/' }, { path: '^miniprogram/features/', dependencyTypesNot: ['type-only'] }),
  error('components-call-no-service', 'Components receive data and emit events; pages call services.', { path: '^miniprogram/(components/|features/[^/]+/components/)' }, { path: '^miniprogram/services/', dependencyTypesNot: ['type-only'] }),
  error('support-stands-below', 'support and services are below the pages.', { path: '^miniprogram/(support|services)/' }, { path: '^miniprogram/(pages|features|components)/', dependencyTypesNot: ['type-only'] }),
]

const betweenHouses = [
  error('cloud-knows-only-itself', 'What is uploaded knows nothing of the phone, the simulator or the tools.', { path: '^cloudfunctions/', pathNot: '^cloudfunctions/build\\.ts$' }, { path: '^(miniprogram|simulator|tests|tools|bench)/' }),
  error('product-knows-no-simulator', 'The simulator lies under the app; nothing of the product or its tools knows of it.', { path: '^(cloudfunctions|miniprogram|tools)/' }, { path: '^(simulator|tests|bench)/' }),
  error('simulator-knows-no-tests', 'The simulator is used by tests and benches, and knows neither.', { path: '^simulator/' }, { path: '^(tests|bench)/' }),
  error('platform-knows-no-product', 'The local cloud and the phone are WeChat: they know nothing of this product, only what is uploaded.', { path: '^simulator/(cloud|phone)/' }, { path: '^(cloudfunctions/(?!build\\.ts)|miniprogram/)' }),
  error('no-cycles', 'Files that need each other are one file, or there is a third.', {}, { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } }),
  error('nothing-missing', 'An import that leads nowhere.', { pathNot: '^miniprogram/' }, { couldNotResolve: true }),
]

export default {
  forbidden: [...order, ...acrossFeatures, ...insideAFeature, ...onThePhone, ...betweenHouses],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: ['node_modules', 'miniprogram_npm'] },
    exclude: { path: ['(^|/)(dist|miniprogram_npm|artefacts)/', '^tests/[^/]+/(fixture|node_modules)/'] },
    enhancedResolveOptions: { extensions: ['.ts', '.d.ts', '.js', '.mjs', '.json'], exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default'] },
  },
}
