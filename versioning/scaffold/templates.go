package scaffold

// The templates below share what this one defines.
var _ = parsed("family", `{{define "families"}}[]*{{.Versioning}}.Family{
{{- range $w := .Workflows}}
	{
		Name: {{quote $w.Family}},
		Doc: {{quote ($.Sentence $w)}},
		WorkflowTypes: []string{ {{- range $i, $t := $w.Types}}{{if $i}}, {{end}}{{quote $t}}{{end -}} },
		Stages: []{{$.Versioning}}.Stage{{"{{"}}
			Name: "today",
			Doc: "The code of the work tree.",
			Register: func(r {{$.Worker}}.WorkflowRegistry) {
			{{- if $w.Registered}}
				// As {{$.FileOf $w.Registered}} registers it.
			{{- end}}
			{{- if $w.Unread}}
				// The name there is computed: put it in place of {{quote $w.Func}}, here and above.
			{{- end}}
			{{- if $w.Receiver}}
				// With the zero value: set the fields that the workflow reads, as the Worker does.
			{{- end}}
			{{- range $w.Types}}
			{{- if eq . $w.Func}}
				r.RegisterWorkflow({{$.Value $w}})
			{{- else}}
				r.RegisterWorkflowWithOptions({{$.Value $w}}, {{$.SDK}}.RegisterOptions{Name: {{quote .}}})
			{{- end}}
			{{- end}}
			},
		{{"}}"}},
	},
{{- end}}
}{{end}}
{{define "about families"}}// {{.Families}} are the workflows of this package. The stage "today" is the code of
// the work tree. To judge a release against another one, keep its functions under
// other names and add a stage for each, in the order of release.{{end}}`)

var testTemplate = parsed(testFile, `package {{.Name}}

import (
	{{.Import .OS "os"}}
	{{.Import .Filepath "path/filepath"}}
	{{.Import .Testing "testing"}}
	{{if not .Command}}
	{{.Import .Worker "go.temporal.io/sdk/worker"}}
	{{- if .NeedsOptions}}
	{{.Import .SDK "go.temporal.io/sdk/workflow"}}
	{{- end}}

	{{.Import .Versioning (printf "%s/versioning" .Ours)}}
	{{- end}}
	{{.Import .Replaytest (printf "%s/versioning/replaytest" .Ours)}}
)

// {{.Test}} replays recorded Event Histories on the code of the work tree, and fails
// where an execution would get stuck after a deploy, or go on and do something else.
//
// The recordings of a family are the files in testdata/histories/FAMILY. A folder
// without any fails: nothing would be proven. Its README.md says how to get one.
// Take a family that has no execution yet out of {{.Families}}.
//
//	{{.TestCommand}}
func {{.Test}}(t *{{.Testing}}.T) {
	for _, family := range {{.Families}} {
		t.Run(family.Name, func(t *{{.Testing}}.T) {
			{{.Replaytest}}.Run(t, {{.Replaytest}}.Params{
				Family: family,
				Recordings: {{.OS}}.DirFS({{.Filepath}}.Join("testdata", "histories", family.Name)),
			})
		})
	}
}
{{- if not .Command}}

{{template "about families" .}}
var {{.Families}} = {{template "families" .}}
{{- end}}
`)

var familiesTemplate = parsed(familiesFile, `package {{.Name}}

import (
	{{.Import .Worker "go.temporal.io/sdk/worker"}}
	{{- if .NeedsOptions}}
	{{.Import .SDK "go.temporal.io/sdk/workflow"}}
	{{- end}}

	{{.Import .Versioning (printf "%s/versioning" .Ours)}}
)

{{template "about families" .}}
var {{.Families}} = {{template "families" .}}
`)

var mainTemplate = parsed("main.go", `// {{.Program}} replays recorded Event Histories on the workflows of package {{.Name}}: the
// matrix, explain and list, and a live Worker. See {{.Program}} --help.
package main

import (
	{{- if ne .Folder "."}}
	"os"
	{{end}}
	{{.Import "cli" (printf "%s/versioning/cli" .Ours)}}

	{{.Import .Alias .ImportPath}}
)

func main() {
{{- if eq .Folder "."}}
	cli.Main({{.Alias}}.{{.Families}}...)
{{- else}}
	command := &cli.Command{
		Name: {{quote .Program}},
		Families: {{.Alias}}.{{.Families}},
		Histories: {{quote .HistoriesFolder}}, // from the folder of the module
	}
	os.Exit(command.Main())
{{- end}}
}
`)

var readmeTemplate = parsed("README.md", `# Recordings of {{.Workflow.Family}}

Each file here is the Event History of one execution of the workflow type {{range $i, $t := .Workflow.Types}}{{if $i}} or {{end}}{{$t}}{{end}}. List some
executions:

    temporal workflow list --query 'WorkflowType = {{quote (index .Workflow.Types 0)}}' --limit 20

and save those that you want to keep running, one file for each, in this folder:

    temporal workflow show --workflow-id ID --output json > NAME.json
{{if .Pull}}
or several at once:

    {{.Pull}} --workflow-type {{index .Workflow.Types 0}} .
{{end}}
Take one for each way through the code: an open one for every place where executions wait, and closed ones, which stand
for all that were once at each of their points. Any file name will do. A history holds the inputs and results of the
execution, so look at it before you commit it.

The test replays every one of them. From the folder of the module:

    {{.TestCommand}}
`)

var githubTemplate = parsed("replay.yml", `# Replays recorded Event Histories on the workflow code of the pull request.
name: replay
on:
  pull_request:
  push:
    branches: [main]
permissions:
  contents: read
jobs:
  replay:
    runs-on: ubuntu-latest
{{- if ne .Inside "."}}
    defaults:
      run:
        working-directory: {{.Inside}}
{{- end}}
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-go@v5
        with:
          go-version-file: {{if ne .Inside "."}}{{.Inside}}/{{end}}go.mod
      # A replace in go.mod by a folder outside of this repository works here only with
      # a vendor folder: commit what "go mod vendor" makes.
      - run: {{.TestCommand}}
`)
