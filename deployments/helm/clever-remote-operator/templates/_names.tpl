{{- define "clever-remote-operator.metadata" -}}
name: {{ .name }}
namespace: {{ include "clever-remote-operator.namespace" .root }}
labels:
  app.kubernetes.io/name: clever-remote-operator
  app.kubernetes.io/managed-by: {{ .root.Release.Service }}
{{- end }}

{{- define "clever-remote-operator.namespace" -}}
{{ .Values.forceNamespace | default .Release.Namespace }}
{{- end }}

{{- define "clever-remote-operator.serviceAccount" -}}
{{ .Values.serviceAccount.name | default "clever-remote-operator" }}
{{- end }}
