{{/* The rules that "clever-remote-operator rbac view" prints. */}}
{{- define "clever-remote-operator.rules.served" -}}
# The resources: watched; finalizer and marks are patched, the spec never is.
- apiGroups: ["api.clever-cloud.com"]
  resources: [azimutts, cellars, configproviders, elasticsearches, keycloaks, kvs, matomos, metabases, mongodbs, mysqls, otoroshis, postgresqls, pulsars, redis]
  verbs: [get, list, watch, patch]
# What the operator tells about them.
- apiGroups: ["api.clever-cloud.com"]
  resources: [azimutts/status, cellars/status, configproviders/status, elasticsearches/status, keycloaks/status, kvs/status, matomos/status, metabases/status, mongodbs/status, mysqls/status, otoroshis/status, postgresqls/status, pulsars/status, redis/status]
  verbs: [patch]
# Owner references of connection Secrets, where the API server checks who may block a deletion.
- apiGroups: ["api.clever-cloud.com"]
  resources: [azimutts/finalizers, cellars/finalizers, configproviders/finalizers, elasticsearches/finalizers, keycloaks/finalizers, kvs/finalizers, matomos/finalizers, metabases/finalizers, mongodbs/finalizers, mysqls/finalizers, otoroshis/finalizers, postgresqls/finalizers, pulsars/finalizers, redis/finalizers]
  verbs: [update]
# The resources: watched; finalizer and marks are patched, the spec never is.
- apiGroups: ["clever-cloud.com"]
  resources: [redis]
  verbs: [get, list, watch, patch]
# What the operator tells about them.
- apiGroups: ["clever-cloud.com"]
  resources: [redis/status]
  verbs: [patch]
# Owner references of connection Secrets, where the API server checks who may block a deletion.
- apiGroups: ["clever-cloud.com"]
  resources: [redis/finalizers]
  verbs: [update]
# Connection Secrets: applied, and watched by label as metadata only. RBAC knows no labels: list and watch are for all Secrets.
- apiGroups: [""]
  resources: [secrets]
  verbs: [get, list, watch, create, patch]
# What the namespace's annotations say about its resources.
- apiGroups: [""]
  resources: [namespaces]
  verbs: [get]
# Events on a resource's transitions.
- apiGroups: [""]
  resources: [events]
  verbs: [create]
{{- end }}

{{- define "clever-remote-operator.rules.cluster" -}}
# What namespaces say by annotations, watched as metadata only. The uid of kube-system tells when one cluster is configured twice.
- apiGroups: [""]
  resources: [namespaces]
  verbs: [get, list, watch]
{{ include "clever-remote-operator.rules.definitions" . }}
{{- end }}

{{- define "clever-remote-operator.rules.definitions" -}}
# Whether a definition is being deleted: its resources' add-ons are kept then.
- apiGroups: ["apiextensions.k8s.io"]
  resources: [customresourcedefinitions]
  resourceNames: [azimutts.api.clever-cloud.com, cellars.api.clever-cloud.com, configproviders.api.clever-cloud.com, elasticsearches.api.clever-cloud.com, keycloaks.api.clever-cloud.com, kvs.api.clever-cloud.com, matomos.api.clever-cloud.com, metabases.api.clever-cloud.com, mongodbs.api.clever-cloud.com, mysqls.api.clever-cloud.com, otoroshis.api.clever-cloud.com, postgresqls.api.clever-cloud.com, pulsars.api.clever-cloud.com, redis.api.clever-cloud.com, redis.clever-cloud.com]
  verbs: [get]
{{- end }}

{{- define "clever-remote-operator.rules.lease" -}}
# The Lease: one instance at a time serves the cluster.
- apiGroups: ["coordination.k8s.io"]
  resources: [leases]
  resourceNames: [clever-remote-operator]
  verbs: [get, update]
# The Lease's first time; RBAC cannot limit a create to a name.
- apiGroups: ["coordination.k8s.io"]
  resources: [leases]
  verbs: [create]
{{- end }}
