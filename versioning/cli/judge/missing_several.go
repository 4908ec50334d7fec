package judge

import (
	"errors"
	"fmt"
	"slices"

	"github.com/replaymatrix/replaymatrix/versioning/cli/internal/shell"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
)

// severalMissing says it once for all families that have none.
type severalMissing []*shell.MissingError

func (list severalMissing) Error() string {
	if len(list) == 1 {
		return list[0].Error()
	}
	names := make([]string, len(list))
	for i, e := range list {
		names[i] = e.Family
	}
	return fmt.Sprintf("%d families have no recordings: %s; of %s, %s; %s", len(list), shell.Nearest("", names),
		list[0].Family, list[0].Looked, list[0].Next)
}

func (list severalMissing) Unwrap() (errs []error) {
	for _, e := range list {
		errs = append(errs, e)
	}
	return errs
}

// add reports whether the error is one of these, and adds it.
func (list *severalMissing) add(err error) bool {
	var missing *shell.MissingError
	if !errors.As(err, &missing) {
		return false
	}
	*list = append(*list, missing)
	return true
}

func (list severalMissing) orNil() error {
	if len(list) == 0 {
		return nil
	}
	return list
}

// apart takes the families without recordings out of the error of judge: where other
// families have some, those are worth a report.
func apart(matrices []*matrix.Matrix, err error) (severalMissing, error) {
	var missing severalMissing
	judged := slices.ContainsFunc(matrices, func(m *matrix.Matrix) bool { return len(m.Rows) > 0 })
	if judged && errors.As(err, &missing) {
		return missing, nil
	}
	return nil, err
}
