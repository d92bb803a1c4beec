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
# Events on a resource's transitions.
- apiGroups: [""]
  resources: [events]
  verbs: [create]
{{- end }}

{{- define "clever-remote-operator.rules.cluster" -}}
# The uid of this namespace tells when one cluster is configured twice.
- apiGroups: [""]
  resources: [namespaces]
  resourceNames: [kube-system]
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
