package told

import "github.com/replaymatrix/replaymatrix/versioning/internal/registry"

// Stands is the line in the repository where a pipeline shows the finding: its place, or else the workflow
// function of a stage that it is about, or else the file that stands for all of the repository. The file is ""
// if none is known.
func (f *Finding) Stands() (file string, line int) {
	if file, line = f.Place(); file != "" {
		return file, line
	}
	if !f.Unjudged() { // which is no matter of the code
		if file, line = f.function(); file != "" {
			return file, line
		}
	}
	if f.Options.Fallback != "" {
		return f.Options.Fallback, 1
	}
	return "", 0
}

// function is where the workflow function of the first stage is that has one in the repository.
func (f *Finding) function() (file string, line int) {
	if f.Options.File == nil {
		return "", 0
	}
	for _, name := range f.Stages {
		stage, ok := f.Matrix.Family.Stage(name)
		if !ok || stage.Register == nil {
			continue
		}
		if file, line = registry.PlaceOfWorkflow(stage.Register); file == "" {
			continue
		}
		if file = f.Options.File(file); file != "" {
			return file, line
		}
	}
	return "", 0
}
