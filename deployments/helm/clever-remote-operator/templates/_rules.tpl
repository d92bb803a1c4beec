{{/* The rules that "clever-remote-operator rbac view" prints. */}}
{{- define "clever-remote-operator.rules.served" -}}
# Custom resources: watched; finalizers and annotations are patched, the spec never is.
- apiGroups: ["api.clever-cloud.com"]
  resources: [azimutts, cellars, configproviders, elasticsearches, fsbuckets, jenkins, keycloaks, kvs, matomos, metabases, mongodbs, mysqls, otoroshis, postgresqls, pulsars, redis]
  verbs: [get, list, watch, patch]
# Their status.
- apiGroups: ["api.clever-cloud.com"]
  resources: [azimutts/status, cellars/status, configproviders/status, elasticsearches/status, fsbuckets/status, jenkins/status, keycloaks/status, kvs/status, matomos/status, metabases/status, mongodbs/status, mysqls/status, otoroshis/status, postgresqls/status, pulsars/status, redis/status]
  verbs: [patch]
# Owner references of connection Secrets, for API servers that enforce OwnerReferencesPermissionEnforcement.
- apiGroups: ["api.clever-cloud.com"]
  resources: [azimutts/finalizers, cellars/finalizers, configproviders/finalizers, elasticsearches/finalizers, fsbuckets/finalizers, jenkins/finalizers, keycloaks/finalizers, kvs/finalizers, matomos/finalizers, metabases/finalizers, mongodbs/finalizers, mysqls/finalizers, otoroshis/finalizers, postgresqls/finalizers, pulsars/finalizers, redis/finalizers]
  verbs: [update]
# Custom resources: watched; finalizers and annotations are patched, the spec never is.
- apiGroups: ["clever-cloud.com"]
  resources: [redis]
  verbs: [get, list, watch, patch]
# Their status.
- apiGroups: ["clever-cloud.com"]
  resources: [redis/status]
  verbs: [patch]
# Owner references of connection Secrets, for API servers that enforce OwnerReferencesPermissionEnforcement.
- apiGroups: ["clever-cloud.com"]
  resources: [redis/finalizers]
  verbs: [update]
# Connection Secrets: applied, and watched by label as metadata only. RBAC cannot restrict list and watch by label, so they cover all Secrets.
- apiGroups: [""]
  resources: [secrets]
  verbs: [get, list, watch, create, patch]
# The namespace's annotations, which apply to its resources.
- apiGroups: [""]
  resources: [namespaces]
  verbs: [get]
# Events when a resource's status changes.
- apiGroups: [""]
  resources: [events]
  verbs: [create]
{{- end }}

{{- define "clever-remote-operator.rules.cluster" -}}
# Namespaces and their annotations, watched as metadata only. The uid of kube-system reveals a cluster that is configured twice.
- apiGroups: [""]
  resources: [namespaces]
  verbs: [get, list, watch]
{{ include "clever-remote-operator.rules.definitions" . }}
{{- end }}

{{- define "clever-remote-operator.rules.definitions" -}}
# Whether a definition is being deleted: the add-ons of its resources are kept then.
- apiGroups: ["apiextensions.k8s.io"]
  resourceNames: [azimutts.api.clever-cloud.com, cellars.api.clever-cloud.com, configproviders.api.clever-cloud.com, elasticsearches.api.clever-cloud.com, fsbuckets.api.clever-cloud.com, jenkins.api.clever-cloud.com, keycloaks.api.clever-cloud.com, kvs.api.clever-cloud.com, matomos.api.clever-cloud.com, metabases.api.clever-cloud.com, mongodbs.api.clever-cloud.com, mysqls.api.clever-cloud.com, otoroshis.api.clever-cloud.com, postgresqls.api.clever-cloud.com, pulsars.api.clever-cloud.com, redis.api.clever-cloud.com, redis.clever-cloud.com]
  resources: [customresourcedefinitions]
  verbs: [get]
{{- end }}

{{- define "clever-remote-operator.rules.lease" -}}
# Leader election: one instance at a time serves the cluster.
- apiGroups: ["coordination.k8s.io"]
  resourceNames: [clever-remote-operator]
  resources: [leases]
  verbs: [get, update]
# Creating the Lease; RBAC cannot restrict create to a name.
- apiGroups: ["coordination.k8s.io"]
  resources: [leases]
  verbs: [create]
{{- end }}
