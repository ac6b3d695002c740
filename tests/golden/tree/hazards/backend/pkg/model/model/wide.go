package model

import (
	"time"

	"github.com/example/hazards/pkg/registry"
	"github.com/example/hazards/pkg/validation"
)

// Wide is a node with sixty fields.
type Wide struct {
	registry.BaseModel

	// Field number 0.
	Field00 string `neo4j:"field_00" json:"field_00" desc:"Field number 0." example:"first"`

	// Field number 1.
	Field01 int `neo4j:"field_01" json:"field_01" desc:"Field number 1."`

	// Field number 2.
	Field02 bool `neo4j:"field_02" json:"field_02" desc:"Field number 2."`

	// Field number 3.
	Field03 *float64 `neo4j:"field_03" json:"field_03" desc:"Field number 3."`

	// Field number 4.
	Field04 []string `neo4j:"field_04" json:"field_04" desc:"Field number 4."`

	// Field number 5.
	Field05 map[string]string `neo4j:"field_05" json:"field_05" desc:"Field number 5."`

	// Field number 6.
	Field06 *int64 `neo4j:"field_06" json:"field_06" desc:"Field number 6."`

	// Field number 7.
	Field07 time.Time `neo4j:"field_07" json:"field_07" desc:"Field number 7."`

	// Field number 8.
	Field08 string `neo4j:"field_08" json:"field_08" desc:"Field number 8."`

	// Field number 9.
	Field09 *int `neo4j:"field_09" json:"field_09" desc:"Field number 9."`

	// Field number 10.
	Field10 bool `neo4j:"field_10" json:"field_10" desc:"Field number 10."`

	// Field number 11.
	Field11 float64 `neo4j:"field_11" json:"field_11" desc:"Field number 11."`

	// Field number 12.
	Field12 []string `neo4j:"field_12" json:"field_12" desc:"Field number 12."`

	// Field number 13.
	Field13 map[string]string `neo4j:"field_13" json:"field_13" desc:"Field number 13."`

	// Field number 14.
	Field14 int64 `neo4j:"field_14" json:"field_14" desc:"Field number 14."`

	// Field number 15.
	Field15 *time.Time `neo4j:"field_15" json:"field_15" desc:"Field number 15."`

	// Field number 16.
	Field16 string `neo4j:"field_16" json:"field_16" desc:"Field number 16."`

	// Field number 17.
	Field17 int `neo4j:"field_17" json:"field_17" desc:"Field number 17."`

	// Field number 18.
	Field18 *bool `neo4j:"field_18" json:"field_18" desc:"Field number 18."`

	// Field number 19.
	Field19 float64 `neo4j:"field_19" json:"field_19" desc:"Field number 19."`

	// Field number 20.
	Field20 []string `neo4j:"field_20" json:"field_20" desc:"Field number 20."`

	// Field number 21.
	Field21 map[string]string `neo4j:"field_21" json:"field_21" desc:"Field number 21."`

	// Field number 22.
	Field22 int64 `neo4j:"field_22" json:"field_22" desc:"Field number 22."`

	// Field number 23.
	Field23 time.Time `neo4j:"field_23" json:"field_23" desc:"Field number 23."`

	// Field number 24.
	Field24 *string `neo4j:"field_24" json:"field_24" desc:"Field number 24."`

	// Field number 25.
	Field25 int `neo4j:"field_25" json:"field_25" desc:"Field number 25."`

	// Field number 26.
	Field26 bool `neo4j:"field_26" json:"field_26" desc:"Field number 26."`

	// Field number 27.
	Field27 *float64 `neo4j:"field_27" json:"field_27" desc:"Field number 27."`

	// Field number 28.
	Field28 []string `neo4j:"field_28" json:"field_28" desc:"Field number 28."`

	// Field number 29.
	Field29 map[string]string `neo4j:"field_29" json:"field_29" desc:"Field number 29."`

	// Field number 30.
	Field30 *int64 `neo4j:"field_30" json:"field_30" desc:"Field number 30."`

	// Field number 31.
	Field31 time.Time `neo4j:"field_31" json:"field_31" desc:"Field number 31."`

	// Field number 32.
	Field32 string `neo4j:"field_32" json:"field_32" desc:"Field number 32."`

	// Field number 33.
	Field33 *int `neo4j:"field_33" json:"field_33" desc:"Field number 33."`

	// Field number 34.
	Field34 bool `neo4j:"field_34" json:"field_34" desc:"Field number 34."`

	// Field number 35.
	Field35 float64 `neo4j:"field_35" json:"field_35" desc:"Field number 35."`

	// Field number 36.
	Field36 []string `neo4j:"field_36" json:"field_36" desc:"Field number 36."`

	// Field number 37.
	Field37 map[string]string `neo4j:"field_37" json:"field_37" desc:"Field number 37."`

	// Field number 38.
	Field38 int64 `neo4j:"field_38" json:"field_38" desc:"Field number 38."`

	// Field number 39.
	Field39 *time.Time `neo4j:"field_39" json:"field_39" desc:"Field number 39."`

	// Field number 40.
	Field40 string `neo4j:"field_40" json:"field_40" desc:"Field number 40."`

	// Field number 41.
	Field41 int `neo4j:"field_41" json:"field_41" desc:"Field number 41."`

	// Field number 42.
	Field42 *bool `neo4j:"field_42" json:"field_42" desc:"Field number 42."`

	// Field number 43.
	Field43 float64 `neo4j:"field_43" json:"field_43" desc:"Field number 43."`

	// Field number 44.
	Field44 []string `neo4j:"field_44" json:"field_44" desc:"Field number 44."`

	// Field number 45.
	Field45 map[string]string `neo4j:"field_45" json:"field_45" desc:"Field number 45."`

	// Field number 46.
	Field46 int64 `neo4j:"field_46" json:"field_46" desc:"Field number 46."`

	// Field number 47.
	Field47 time.Time `neo4j:"field_47" json:"field_47" desc:"Field number 47."`

	// Field number 48.
	Field48 *string `neo4j:"field_48" json:"field_48" desc:"Field number 48."`

	// Field number 49.
	Field49 int `neo4j:"field_49" json:"field_49" desc:"Field number 49."`

	// Field number 50.
	Field50 bool `neo4j:"field_50" json:"field_50" desc:"Field number 50."`

	// Field number 51.
	Field51 *float64 `neo4j:"field_51" json:"field_51" desc:"Field number 51."`

	// Field number 52.
	Field52 []string `neo4j:"field_52" json:"field_52" desc:"Field number 52."`

	// Field number 53.
	Field53 map[string]string `neo4j:"field_53" json:"field_53" desc:"Field number 53."`

	// Field number 54.
	Field54 *int64 `neo4j:"field_54" json:"field_54" desc:"Field number 54."`

	// Field number 55.
	Field55 time.Time `neo4j:"field_55" json:"field_55" desc:"Field number 55."`

	// Field number 56.
	Field56 string `neo4j:"field_56" json:"field_56" desc:"Field number 56."`

	// Field number 57.
	Field57 *int `neo4j:"field_57" json:"field_57" desc:"Field number 57."`

	// Field number 58.
	Field58 bool `neo4j:"field_58" json:"field_58" desc:"Field number 58."`

	// Field number 59.
	Field59 float64 `neo4j:"field_59" json:"field_59" desc:"Field number 59."`

	// Unique key of the wide.
	Key string `neo4j:"key" json:"key" desc:"Unique key of the wide."`
}

var _ registry.Model = (*Wide)(nil)

func init() {
	registry.Registry.MustRegisterModel(&Wide{})
}

// GetDescription says what a wide is.
func (w *Wide) GetDescription() string {
	return "A node with sixty fields."
}

// GetKey returns the key, which is empty before the hooks have run.
func (w *Wide) GetKey() string {
	return w.Key
}

// GetLabels returns the labels of the node in the graph.
func (w *Wide) GetLabels() []string {
	return []string{"Wide"}
}

// GetHooks returns the steps that complete a wide, in order.
func (w *Wide) GetHooks() []registry.Hook {
	return []registry.Hook{
		{
			Call: func() error {
				var checker validation.Checker
				checker.NotEmpty("field_00", w.Field00)
				if err := checker.Err(); err != nil {
					return err
				}
				w.Key = "#wide#" + w.Field00
				return nil
			},
			Description: "build key",
		},
	}
}

// Validate reports everything that is wrong, as an error of type
// validation.Errors.
func (w *Wide) Validate() error {
	var checker validation.Checker
	checker.NotEmpty("field_00", w.Field00)
	checker.Text("field_00", w.Field00, 1018)
	checker.Storable("field_03", w.Field03)
	for _, item := range w.Field04 {
		checker.Text("field_04", item, 1024)
	}
	for name, item := range w.Field05 {
		checker.Check(name != "", "field_05", "must not hold an empty name")
		checker.Text("field_05", name, 1024)
		checker.Text("field_05", item, 1024)
	}
	checker.Text("field_08", w.Field08, 1024)
	checker.Storable("field_11", w.Field11)
	for _, item := range w.Field12 {
		checker.Text("field_12", item, 1024)
	}
	for name, item := range w.Field13 {
		checker.Check(name != "", "field_13", "must not hold an empty name")
		checker.Text("field_13", name, 1024)
		checker.Text("field_13", item, 1024)
	}
	checker.Text("field_16", w.Field16, 1024)
	checker.Storable("field_19", w.Field19)
	for _, item := range w.Field20 {
		checker.Text("field_20", item, 1024)
	}
	for name, item := range w.Field21 {
		checker.Check(name != "", "field_21", "must not hold an empty name")
		checker.Text("field_21", name, 1024)
		checker.Text("field_21", item, 1024)
	}
	if w.Field24 != nil {
		checker.Text("field_24", *w.Field24, 1024)
	}
	checker.Storable("field_27", w.Field27)
	for _, item := range w.Field28 {
		checker.Text("field_28", item, 1024)
	}
	for name, item := range w.Field29 {
		checker.Check(name != "", "field_29", "must not hold an empty name")
		checker.Text("field_29", name, 1024)
		checker.Text("field_29", item, 1024)
	}
	checker.Text("field_32", w.Field32, 1024)
	checker.Storable("field_35", w.Field35)
	for _, item := range w.Field36 {
		checker.Text("field_36", item, 1024)
	}
	for name, item := range w.Field37 {
		checker.Check(name != "", "field_37", "must not hold an empty name")
		checker.Text("field_37", name, 1024)
		checker.Text("field_37", item, 1024)
	}
	checker.Text("field_40", w.Field40, 1024)
	checker.Storable("field_43", w.Field43)
	for _, item := range w.Field44 {
		checker.Text("field_44", item, 1024)
	}
	for name, item := range w.Field45 {
		checker.Check(name != "", "field_45", "must not hold an empty name")
		checker.Text("field_45", name, 1024)
		checker.Text("field_45", item, 1024)
	}
	if w.Field48 != nil {
		checker.Text("field_48", *w.Field48, 1024)
	}
	checker.Storable("field_51", w.Field51)
	for _, item := range w.Field52 {
		checker.Text("field_52", item, 1024)
	}
	for name, item := range w.Field53 {
		checker.Check(name != "", "field_53", "must not hold an empty name")
		checker.Text("field_53", name, 1024)
		checker.Text("field_53", item, 1024)
	}
	checker.Text("field_56", w.Field56, 1024)
	checker.Storable("field_59", w.Field59)
	checker.NotEmpty("key", w.Key)
	checker.Text("key", w.Key, 1024)
	return checker.Err()
}

// Valid reports whether Validate finds nothing wrong.
func (w *Wide) Valid() bool {
	return w.Validate() == nil
}
