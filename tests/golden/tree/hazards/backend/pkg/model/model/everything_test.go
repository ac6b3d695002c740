package model_test

import (
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/example/hazards/pkg/model/model"
	"github.com/example/hazards/pkg/model/optional"
	"github.com/example/hazards/pkg/registry"
	"github.com/example/hazards/pkg/validation"
)

var _ interface{ Standalone() } = (*model.Everything)(nil)

// sampleEverything returns an everything with every field set, as the hooks leave it.
func sampleEverything(t *testing.T) *model.Everything {
	t.Helper()
	m := new(model.Everything)
	m.Defaulted()
	m.Username = "user@example.com"
	m.Title = "Some Title"
	m.Nickname = new("nick")
	m.Suffix = "X"
	m.Parts = []string{"example"}
	m.AgentName = "agent"
	m.Flag = true
	m.Count = 3
	m.Small = 3
	m.Big = 3
	m.Ratio = 0.5
	m.Score = new(0.5)
	m.Blob = []byte("example")
	m.When = time.Date(2026, time.January, 2, 15, 4, 5, 0, time.UTC)
	m.Raw = json.RawMessage("{\"name\":\"example\"}")
	m.Anything = "example"
	m.LabelsByName = map[string]string{"name": "example"}
	m.CountsByName = map[string]int{"name": 1}
	m.Piece = &model.Piece{Parts: &[]model.Part{{Name: "example", Size: new(1)}}, Colour: new(model.ColourRed)}
	m.Pieces = []model.Piece{{Parts: &[]model.Part{{Name: "example", Size: new(1)}}, Colour: new(model.ColourRed)}}
	m.PieceByName = map[string]model.Piece{"name": {Parts: &[]model.Part{{Name: "example", Size: new(1)}}, Colour: new(model.ColourRed)}}
	m.Matrix = [][]int{{1}}
	m.Colour = model.ColourRed
	m.Status = "A"
	m.Severity = "high"
	m.GroupName = "g"
	m.Password = "password"
	m.Note = "note"
	m.ListOfText = []string{"example"}
	if err := registry.CallHooks(m); err != nil {
		t.Fatalf("CallHooks() = %v", err)
	}
	return m
}

func TestEverythingRegistered(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"everything", "every-thing", "all"} {
		made, ok := registry.Registry.MakeType(name)
		if !ok {
			t.Errorf("no type is registered as %q", name)
			continue
		}
		if _, ok := made.(*model.Everything); !ok {
			t.Errorf("MakeType(%q) is a %T", name, made)
		}
	}
}

func TestEverythingMethods(t *testing.T) {
	t.Parallel()
	m := sampleEverything(t)
	if got, want := m.GetDescription(), "An entity that uses the whole vocabulary."; got != want {
		t.Errorf("GetDescription() = %q, want %q", got, want)
	}
	if got, want := m.GetKey(), "#everything#some-title#nick-X#example"; got != want {
		t.Errorf("GetKey() = %q, want %q", got, want)
	}
	if got, want := m.GetPartitionKey(), m.Key; got != want {
		t.Errorf("GetPartitionKey() = %q, want %q", got, want)
	}
	if got, want := m.GetAgent(), m.Agent; got != want {
		t.Errorf("GetAgent() = %q, want %q", got, want)
	}
	if got, want := m.LogValue().String(), m.Key; got != want {
		t.Errorf("LogValue().String() = %q, want %q", got, want)
	}
	if got, want := m.GetLabels(), []string{"Everything", "TTL"}; !slices.Equal(got, want) {
		t.Errorf("GetLabels() = %q, want %q", got, want)
	}
	m.SetUsername("owner@example.com")
	if got := m.Username; got != "owner@example.com" {
		t.Errorf("username = %q, want the one set", got)
	}
}

func TestEverythingDefaulted(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var m model.Everything
		m.Defaulted()
		var other model.Everything
		other.Defaulted()
		if m.Created != model.Now() {
			t.Errorf("Created = %v, want the present time", m.Created)
		}
		if m.TTL != model.Future(12) {
			t.Errorf("TTL = %v, want the time 12 hours from now", m.TTL)
		}
		if m.UUID == "" || m.UUID == other.UUID {
			t.Errorf("UUID = %v, want a new one every time", m.UUID)
		}
		if m.LabelsByName == nil {
			t.Errorf("LabelsByName = %v, want empty and not nil", m.LabelsByName)
		}
		if m.ListOfText == nil {
			t.Errorf("ListOfText = %v, want empty and not nil", m.ListOfText)
		}
		if m.Flag != true {
			t.Errorf("Flag = %v, want True", m.Flag)
		}
		if m.Count != 1 {
			t.Errorf("Count = %v, want 1", m.Count)
		}
		if m.Ratio != 0.25 {
			t.Errorf("Ratio = %v, want 0.25", m.Ratio)
		}
		if m.Status != "P" {
			t.Errorf("Status = %v, want P", m.Status)
		}
		if m.Colour != model.ColourBlue {
			t.Errorf("Colour = %v, want blue", m.Colour)
		}
	})
}

func TestEverythingHooks(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		change func(m *model.Everything)
		got    func(m *model.Everything) any
		want   any
	}{
		{
			name:   "normalises title",
			change: func(m *model.Everything) { m.Title = " Some Title " },
			got:    func(m *model.Everything) any { return m.Title },
			want:   "Some Title",
		},
		{
			name:   "normalises nickname",
			change: func(m *model.Everything) { m.Nickname = new(" NICK ") },
			got:    func(m *model.Everything) any { return optional.Value(m.Nickname) },
			want:   "nick",
		},
		{
			name:   "normalises suffix",
			change: func(m *model.Everything) { m.Suffix = "x" },
			got:    func(m *model.Everything) any { return m.Suffix },
			want:   "X",
		},
		{
			name:   "normalises agent_name",
			change: func(m *model.Everything) { m.AgentName = " AGENT " },
			got:    func(m *model.Everything) any { return m.AgentName },
			want:   "agent",
		},
		{
			name:   "sets constant",
			change: func(_ *model.Everything) {},
			got:    func(m *model.Everything) any { return m.Constant },
			want:   "fixed",
		},
		{
			name:   "copies title to origin_title",
			change: func(_ *model.Everything) {},
			got:    func(m *model.Everything) any { return m.OriginTitle },
			want:   "Some Title",
		},
		{
			name:   "derives priority from low",
			change: func(m *model.Everything) { m.Severity = "low" },
			got:    func(m *model.Everything) any { return m.Priority },
			want:   10,
		},
		{
			name:   "derives priority from medium",
			change: func(m *model.Everything) { m.Severity = "medium" },
			got:    func(m *model.Everything) any { return m.Priority },
			want:   20,
		},
		{
			name:   "derives priority from high",
			change: func(m *model.Everything) { m.Severity = "high" },
			got:    func(m *model.Everything) any { return m.Priority },
			want:   30,
		},
		{
			name:   "derives priority from anything else",
			change: func(m *model.Everything) { m.Severity = "no such value" },
			got:    func(m *model.Everything) any { return m.Priority },
			want:   0,
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			m := sampleEverything(t)
			test.change(m)
			if err := registry.CallHooks(m); err != nil {
				t.Fatalf("CallHooks() = %v", err)
			}
			if got := test.got(m); !reflect.DeepEqual(got, test.want) {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}

func TestEverythingWithoutKey(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		change func(m *model.Everything)
		field  string
	}{
		{
			name:   "no title",
			change: func(m *model.Everything) { m.Title = "" },
			field:  "title",
		},
		{
			name:   "no nickname and title",
			change: func(m *model.Everything) { m.Nickname = nil; m.Title = "" },
			field:  "nickname",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			m := sampleEverything(t)
			test.change(m)
			err := registry.CallHooks(m)
			problems, ok := errors.AsType[validation.Errors](err)
			if !ok {
				t.Fatalf("CallHooks() = %v, want validation.Errors", err)
			}
			if !slices.ContainsFunc(problems, func(p validation.FieldError) bool { return p.Field == test.field }) {
				t.Errorf("CallHooks() = %v, want an error about %s", err, test.field)
			}
		})
	}
}

func TestEverythingValid(t *testing.T) {
	t.Parallel()
	m := sampleEverything(t)
	if err := m.Validate(); err != nil {
		t.Errorf("Validate() = %v, want nil", err)
	}
	if !m.Valid() {
		t.Error("Valid() = false, want true")
	}
}

func TestEverythingValidWithOne(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		change func(m *model.Everything)
	}{
		{
			name:   "title alone",
			change: func(m *model.Everything) { m.Nickname = nil },
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			m := sampleEverything(t)
			test.change(m)
			if err := m.Validate(); err != nil {
				t.Errorf("Validate() = %v, want nil", err)
			}
		})
	}
}

func TestEverythingInvalid(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		change func(m *model.Everything)
		field  string
	}{
		{
			name:   "username holds a control character",
			change: func(m *model.Everything) { m.Username = "a\u0007b" },
			field:  "username",
		},
		{
			name:   "title is missing",
			change: func(m *model.Everything) { m.Title = "" },
			field:  "title",
		},
		{
			name:   "title holds a control character",
			change: func(m *model.Everything) { m.Title = "a\u0007b" },
			field:  "title",
		},
		{
			name:   "title holds the separator of keys",
			change: func(m *model.Everything) { m.Title = "Some Title#" },
			field:  "title",
		},
		{
			name:   "nickname holds a control character",
			change: func(m *model.Everything) { m.Nickname = new("a\u0007b") },
			field:  "nickname",
		},
		{
			name:   "nickname holds the separator of keys",
			change: func(m *model.Everything) { m.Nickname = new("nick#") },
			field:  "nickname",
		},
		{
			name:   "suffix holds a control character",
			change: func(m *model.Everything) { m.Suffix = "a\u0007b" },
			field:  "suffix",
		},
		{
			name:   "suffix holds the separator of keys",
			change: func(m *model.Everything) { m.Suffix = "X#" },
			field:  "suffix",
		},
		{
			name:   "parts holds a control character",
			change: func(m *model.Everything) { m.Parts = []string{"a\u0007b"} },
			field:  "parts",
		},
		{
			name:   "agent_name holds a control character",
			change: func(m *model.Everything) { m.AgentName = "a\u0007b" },
			field:  "agent_name",
		},
		{
			name:   "count is too small",
			change: func(m *model.Everything) { m.Count = -1 },
			field:  "count",
		},
		{
			name:   "count is too large",
			change: func(m *model.Everything) { m.Count = 101 },
			field:  "count",
		},
		{
			name:   "score is too small",
			change: func(m *model.Everything) { m.Score = new(-1.0) },
			field:  "score",
		},
		{
			name:   "labels_by_name holds a control character",
			change: func(m *model.Everything) { m.LabelsByName = map[string]string{"name": "a\u0007b"} },
			field:  "labels_by_name",
		},
		{
			name:   "labels_by_name holds an empty name",
			change: func(m *model.Everything) { m.LabelsByName = map[string]string{"": "a"} },
			field:  "labels_by_name",
		},
		{
			name:   "piece.parts.name is refused",
			change: func(m *model.Everything) { m.Piece = &model.Piece{Parts: &[]model.Part{{Name: "a\u0007b"}}} },
			field:  "piece.parts.name",
		},
		{
			name:   "piece.colour is refused",
			change: func(m *model.Everything) { m.Piece = &model.Piece{Colour: new(model.Colour("a\u0007b"))} },
			field:  "piece.colour",
		},
		{
			name:   "pieces.parts.name is refused",
			change: func(m *model.Everything) { m.Pieces = []model.Piece{{Parts: &[]model.Part{{Name: "a\u0007b"}}}} },
			field:  "pieces.parts.name",
		},
		{
			name:   "pieces.colour is refused",
			change: func(m *model.Everything) { m.Pieces = []model.Piece{{Colour: new(model.Colour("a\u0007b"))}} },
			field:  "pieces.colour",
		},
		{
			name: "piece_by_name.parts.name is refused",
			change: func(m *model.Everything) {
				m.PieceByName = map[string]model.Piece{"name": {Parts: &[]model.Part{{Name: "a\u0007b"}}}}
			},
			field: "piece_by_name.parts.name",
		},
		{
			name: "piece_by_name.colour is refused",
			change: func(m *model.Everything) {
				m.PieceByName = map[string]model.Piece{"name": {Colour: new(model.Colour("a\u0007b"))}}
			},
			field: "piece_by_name.colour",
		},
		{
			name:   "colour is not one of the known values",
			change: func(m *model.Everything) { m.Colour = model.Colour("no-such-value") },
			field:  "colour",
		},
		{
			name:   "status holds a control character",
			change: func(m *model.Everything) { m.Status = "a\u0007b" },
			field:  "status",
		},
		{
			name:   "severity is not one of the known values",
			change: func(m *model.Everything) { m.Severity = "no-such-value" },
			field:  "severity",
		},
		{
			name:   "groupName holds a control character",
			change: func(m *model.Everything) { m.GroupName = "a\u0007b" },
			field:  "groupName",
		},
		{
			name:   "origin_title holds a control character",
			change: func(m *model.Everything) { m.OriginTitle = "a\u0007b" },
			field:  "origin_title",
		},
		{
			name:   "constant holds a control character",
			change: func(m *model.Everything) { m.Constant = "a\u0007b" },
			field:  "constant",
		},
		{
			name:   "touched holds a control character",
			change: func(m *model.Everything) { m.Touched = "a\u0007b" },
			field:  "touched",
		},
		{
			name:   "uuid holds a control character",
			change: func(m *model.Everything) { m.UUID = "a\u0007b" },
			field:  "uuid",
		},
		{
			name:   "password holds a control character",
			change: func(m *model.Everything) { m.Password = "a\u0007b" },
			field:  "password",
		},
		{
			name:   "note holds a control character",
			change: func(m *model.Everything) { m.Note = "a\u0007b" },
			field:  "note",
		},
		{
			name:   "created holds a control character",
			change: func(m *model.Everything) { m.Created = "a\u0007b" },
			field:  "created",
		},
		{
			name:   "list_of_text holds a control character",
			change: func(m *model.Everything) { m.ListOfText = []string{"a\u0007b"} },
			field:  "list_of_text",
		},
		{
			name:   "list_of_text holds an empty item",
			change: func(m *model.Everything) { m.ListOfText = []string{""} },
			field:  "list_of_text",
		},
		{
			name:   "key is missing",
			change: func(m *model.Everything) { m.Key = "" },
			field:  "key",
		},
		{
			name:   "key holds a control character",
			change: func(m *model.Everything) { m.Key = "a\u0007b" },
			field:  "key",
		},
		{
			name:   "key lacks the prefix #everything#",
			change: func(m *model.Everything) { m.Key = "x" },
			field:  "key",
		},
		{
			name:   "none of nickname, title",
			change: func(m *model.Everything) { m.Nickname = nil; m.Title = "" },
			field:  "nickname",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			m := sampleEverything(t)
			test.change(m)
			err := m.Validate()
			problems, ok := errors.AsType[validation.Errors](err)
			if !ok {
				t.Fatalf("Validate() = %v, want validation.Errors", err)
			}
			if !slices.ContainsFunc(problems, func(p validation.FieldError) bool { return p.Field == test.field }) {
				t.Errorf("Validate() = %v, want an error about %s", problems, test.field)
			}
			if m.Valid() {
				t.Error("Valid() = true, want false")
			}
		})
	}
}

func TestNewEverything(t *testing.T) {
	t.Parallel()
	m, err := model.NewEverything("Some Title")
	if err != nil {
		t.Fatalf("unexpected error: %v", err)
	}
	if got, want := m.Title, "Some Title"; got != want {
		t.Errorf("Title = %v, want %v", got, want)
	}
	if got, want := m.GetKey(), "#everything#some-title#Some Title#"; got != want {
		t.Errorf("key = %v, want %v", got, want)
	}
}

func TestNewEverythingWithoutKey(t *testing.T) {
	t.Parallel()
	m, err := model.NewEverything("")
	if _, ok := errors.AsType[validation.Errors](err); !ok {
		t.Errorf("got %v and the error %v, want validation.Errors", m, err)
	}
}

func TestNewEverythingWithNickname(t *testing.T) {
	t.Parallel()
	m, err := model.NewEverythingWithNickname("Some Title", "nick", 3)
	if err != nil {
		t.Fatalf("unexpected error: %v", err)
	}
	if got, want := m.Title, "Some Title"; got != want {
		t.Errorf("Title = %v, want %v", got, want)
	}
	if got, want := optional.Value(m.Nickname), "nick"; got != want {
		t.Errorf("Nickname = %v, want %v", got, want)
	}
	if got, want := m.Count, 3; got != want {
		t.Errorf("Count = %v, want %v", got, want)
	}
	if got, want := m.GetKey(), "#everything#some-title#nick#"; got != want {
		t.Errorf("key = %v, want %v", got, want)
	}
}

func TestNewEverythingWithNicknameWithoutKey(t *testing.T) {
	t.Parallel()
	m, err := model.NewEverythingWithNickname("", "", 0)
	if _, ok := errors.AsType[validation.Errors](err); !ok {
		t.Errorf("got %v and the error %v, want validation.Errors", m, err)
	}
}

func TestEverythingVisit(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name             string
		own, other, want model.Everything
	}{
		{
			name:  "origination",
			own:   model.Everything{OriginationData: model.OriginationData{Origins: []string{"a"}}},
			other: model.Everything{OriginationData: model.OriginationData{Origins: []string{"b"}}},
			want:  model.Everything{OriginationData: model.OriginationData{Origins: []string{"a", "b"}}},
		},
		{
			name:  "ml",
			own:   model.Everything{MLProperties: model.MLProperties{Agent: "a"}},
			other: model.Everything{MLProperties: model.MLProperties{Agent: "b"}},
			want:  model.Everything{MLProperties: model.MLProperties{Agent: "b"}},
		},
		{
			name:  "status: keeps the exception",
			own:   model.Everything{Status: "P"},
			other: model.Everything{Status: "A-2"},
			want:  model.Everything{Status: "P"},
		},
		{
			name:  "status: takes the other's",
			own:   model.Everything{Status: "A"},
			other: model.Everything{Status: "A-2"},
			want:  model.Everything{Status: "A-2"},
		},
		{
			name:  "ttl: takes the other's",
			own:   model.Everything{TTL: 4102444800},
			other: model.Everything{TTL: 4417977600},
			want:  model.Everything{TTL: 4417977600},
		},
		{
			name:  "ttl: stays empty",
			own:   model.Everything{},
			other: model.Everything{TTL: 4417977600},
			want:  model.Everything{},
		},
		{
			name:  "nickname: takes the other's",
			own:   model.Everything{Nickname: new("nick")},
			other: model.Everything{Nickname: new("nick-2")},
			want:  model.Everything{Nickname: new("nick-2")},
		},
		{
			name:  "nickname: keeps its own where the other has none",
			own:   model.Everything{Nickname: new("nick")},
			other: model.Everything{},
			want:  model.Everything{Nickname: new("nick")},
		},
		{
			name:  "suffix: takes the other's where it has none",
			own:   model.Everything{},
			other: model.Everything{Suffix: "X-2"},
			want:  model.Everything{Suffix: "X-2"},
		},
		{
			name:  "suffix: keeps its own",
			own:   model.Everything{Suffix: "X"},
			other: model.Everything{Suffix: "X-2"},
			want:  model.Everything{Suffix: "X"},
		},
		{
			name:  "flag: stays true",
			own:   model.Everything{Flag: true},
			other: model.Everything{},
			want:  model.Everything{Flag: true},
		},
		{
			name:  "flag: becomes true",
			own:   model.Everything{},
			other: model.Everything{Flag: true},
			want:  model.Everything{Flag: true},
		},
		{
			name:  "list_of_text: adds what is new",
			own:   model.Everything{ListOfText: []string{"example"}},
			other: model.Everything{ListOfText: []string{"example", "example-2"}},
			want:  model.Everything{ListOfText: []string{"example", "example-2"}},
		},
		{
			name:  "list_of_text: takes all where it has none",
			own:   model.Everything{},
			other: model.Everything{ListOfText: []string{"example-2"}},
			want:  model.Everything{ListOfText: []string{"example-2"}},
		},
		{
			name:  "labels_by_name: puts the other's entries over its own",
			own:   model.Everything{LabelsByName: map[string]string{"name": "example", "own": "example"}},
			other: model.Everything{LabelsByName: map[string]string{"name": "example-2"}},
			want:  model.Everything{LabelsByName: map[string]string{"name": "example-2", "own": "example"}},
		},
		{
			name:  "labels_by_name: takes all where it has none",
			own:   model.Everything{},
			other: model.Everything{LabelsByName: map[string]string{"name": "example-2"}},
			want:  model.Everything{LabelsByName: map[string]string{"name": "example-2"}},
		},
		{
			name:  "labels_by_name: stays without any",
			own:   model.Everything{},
			other: model.Everything{},
			want:  model.Everything{},
		},
		{
			name:  "when: takes the other's",
			own:   model.Everything{When: time.Date(2026, time.January, 2, 15, 4, 5, 0, time.UTC)},
			other: model.Everything{When: time.Date(2026, time.February, 3, 16, 5, 6, 0, time.UTC)},
			want:  model.Everything{When: time.Date(2026, time.February, 3, 16, 5, 6, 0, time.UTC)},
		},
		{
			name:  "tags",
			own:   model.Everything{Tags: model.Tags{Tags: []string{"a"}}},
			other: model.Everything{Tags: model.Tags{Tags: []string{"b"}}},
			want:  model.Everything{Tags: model.Tags{Tags: []string{"a", "b"}}},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			test.own.Visit(&test.other)
			if !reflect.DeepEqual(test.own, test.want) {
				t.Errorf("got %+v, want %+v", test.own, test.want)
			}
		})
	}
}

func TestEverythingMerge(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name             string
		own, other, want model.Everything
	}{
		{
			name:  "tags",
			own:   model.Everything{Tags: model.Tags{Tags: []string{"a"}}},
			other: model.Everything{Tags: model.Tags{Tags: []string{"b"}}},
			want:  model.Everything{Tags: model.Tags{Tags: []string{"b"}}},
		},
		{
			name:  "origination",
			own:   model.Everything{OriginationData: model.OriginationData{Origins: []string{"a"}}},
			other: model.Everything{OriginationData: model.OriginationData{Origins: []string{"b"}}},
			want:  model.Everything{OriginationData: model.OriginationData{Origins: []string{"b"}}},
		},
		{
			name:  "ml",
			own:   model.Everything{MLProperties: model.MLProperties{Agent: "a"}},
			other: model.Everything{MLProperties: model.MLProperties{Agent: "b"}},
			want:  model.Everything{MLProperties: model.MLProperties{Agent: "b"}},
		},
		{
			name:  "labels_by_name: puts the other's entries over its own",
			own:   model.Everything{LabelsByName: map[string]string{"name": "example", "own": "example"}},
			other: model.Everything{LabelsByName: map[string]string{"name": "example-2"}},
			want:  model.Everything{LabelsByName: map[string]string{"name": "example-2", "own": "example"}},
		},
		{
			name:  "labels_by_name: takes all where it has none",
			own:   model.Everything{},
			other: model.Everything{LabelsByName: map[string]string{"name": "example-2"}},
			want:  model.Everything{LabelsByName: map[string]string{"name": "example-2"}},
		},
		{
			name:  "labels_by_name: stays without any",
			own:   model.Everything{},
			other: model.Everything{},
			want:  model.Everything{},
		},
		{
			name:  "score: takes the other's",
			own:   model.Everything{Score: new(0.5)},
			other: model.Everything{Score: new(1.5)},
			want:  model.Everything{Score: new(1.5)},
		},
		{
			name:  "score: keeps its own where the other has none",
			own:   model.Everything{Score: new(0.5)},
			other: model.Everything{},
			want:  model.Everything{Score: new(0.5)},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			test.own.Merge(&test.other)
			if !reflect.DeepEqual(test.own, test.want) {
				t.Errorf("got %+v, want %+v", test.own, test.want)
			}
		})
	}
}

func TestEverythingMergeHistory(t *testing.T) {
	t.Parallel()
	m := model.Everything{Status: "A"}
	other := model.Everything{Status: "A-2"}
	m.Merge(&other)
	if len(m.History.History) != 1 {
		t.Fatalf("%d records, want 1", len(m.History.History))
	}
	if got, want := m.Status, "A-2"; got != want {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestEverythingJSON(t *testing.T) {
	t.Parallel()
	want := sampleEverything(t)
	data, err := json.Marshal(want)
	if err != nil {
		t.Fatalf("Marshal() = %v", err)
	}
	got := new(model.Everything)
	if err := registry.UnmarshalModel(data, got); err != nil {
		t.Fatalf("UnmarshalModel(%s) = %v", data, err)
	}
	got.Touched = want.Touched
	if !reflect.DeepEqual(got, want) {
		t.Errorf("after a round trip: %+v, want %+v", got, want)
	}
}

func TestEverythingIsStoredWithout(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"Password", "Note"} {
		field, ok := reflect.TypeFor[model.Everything]().FieldByName(name)
		if !ok {
			t.Errorf("there is no field %s", name)
		}
		if got := field.Tag.Get("neo4j"); got != "-" {
			t.Errorf("%s is stored as %q, want it left out", name, got)
		}
	}
}

func TestColour(t *testing.T) {
	t.Parallel()
	values := model.ColourValues()
	if want := []model.Colour{"red", "dark-green", "blue"}; !slices.Equal(values, want) {
		t.Errorf("got %q, want %q", values, want)
	}
	for _, value := range values {
		if !value.Valid() {
			t.Errorf("%q is not valid", value)
		}
	}
	if unknown := model.Colour("no-such-value"); unknown.Valid() {
		t.Errorf("%q is valid", unknown)
	}
}
