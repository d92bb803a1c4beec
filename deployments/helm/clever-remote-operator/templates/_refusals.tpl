{{/* What must not be rendered, each told in one line. */}}
{{- define "clever-remote-operator.refusals" -}}
{{- if regexMatch "(^|/)clevercloud/clever-(kubernetes-)?operator$" .Values.image.repository }}
{{- fail (printf "image.repository: %s is the reference operator; name an image of clever-remote-operator" .Values.image.repository) }}
{{- end }}
{{- if and .Release.IsUpgrade .Values.rbac.create }}
{{- range (lookup "apiextensions.k8s.io/v1" "CustomResourceDefinition" "" "").items }}
{{- $annotations := .metadata.annotations | default dict }}
{{- $isOfThisRelease := and (eq (index $annotations "meta.helm.sh/release-name" | default "") $.Release.Name) (eq (index $annotations "meta.helm.sh/release-namespace" | default "") $.Release.Namespace) }}
{{- if and $isOfThisRelease (ne (index $annotations "helm.sh/resource-policy" | default "") "keep") }}
{{- fail (printf "this upgrade would delete the definition %s and with it every resource and add-on; annotate all definitions of the release first: helm.sh/resource-policy=keep" .metadata.name) }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}
