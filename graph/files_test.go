package graph_test

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"image"
	"image/jpeg"
	"io"
	"maps"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/auth"
	"foyer/ent"
	entfile "foyer/ent/file"
	"foyer/portal/files"
	"foyer/schema"
	"foyer/schema/gid"
	"foyer/testkit"
	"foyer/testkit/world"
)

func init() {
	// A file comes by a form, and what has been deleted cannot be aimed at by the
	// next role: TestFilesByRole has these.
	open = append(open, "uploadFile", "deleteFile", "deleteProductFile")
	maps.Copy(attempts, map[string]attempt{
		"beginUpload": {"file.upload", "", func(*testkit.Foyer, gid.ID, int) map[string]any {
			return map[string]any{"name": "a.pdf", "bytes": 10, "kind": "ATTACHMENT"}
		}},
		"finishUpload": {"file.upload", "", func(*testkit.Foyer, gid.ID, int) map[string]any {
			return map[string]any{"uploadId": gid.New(gid.Upload)}
		}},
		"attachToOrder": {"file.attach", "Order", func(_ *testkit.Foyer, id gid.ID, _ int) map[string]any {
			return map[string]any{"orderId": id, "uploadIds": []gid.ID{gid.New(gid.Upload)}}
		}},
		"addProductFile": {"file.catalog", "", func(f *testkit.Foyer, _ gid.ID, _ int) map[string]any {
			return map[string]any{"productId": f.World.Product.ID, "uploadId": gid.New(gid.Upload)}
		}},
		"changeProductFile": {"file.catalog", "File", func(f *testkit.Foyer, id gid.ID, _ int) map[string]any {
			if id == "" {
				id, _ = f.Store.Client().File.Query().FirstID(auth.WithSystem(context.Background(), "test"))
			}
			return map[string]any{"fileId": id, "text": "seen from above"}
		}},
	})
}

const (
	uploadFile    = `mutation($input: UploadFileInput!) { uploadFile(input: $input) { upload { id name kind contentType size width height expiresAt } userErrors { field code message } } }`
	attachToOrder = `mutation($input: AttachToOrderInput!) { attachToOrder(input: $input) { order { id attachments { id name size contentType url } timeline { __typename ... on OrderFileAdded { name file { id } } } } userErrors { field code } } }`
	addFile       = `mutation($input: AddProductFileInput!) { addProductFile(input: $input) { file { id kind text position width height url pictures { width height url } } userErrors { field code } } }`
	samplePDF     = "%PDF-1.7\nhello\n%%EOF\n"
)

// upload sends a file as somebody.
func upload(t *testing.T, f *testkit.Foyer, role, kind, name, text string, headers ...string) *testkit.Answer {
	t.Helper()
	operations, err := json.Marshal(map[string]any{"query": uploadFile, "variables": map[string]any{"input": map[string]any{"file": nil, "kind": kind}}})
	require.NoError(t, err)
	return post(t, f, role, []part{{name: "operations", text: string(operations)}, {name: "map", text: `{"0": ["variables.input.file"]}`}, {"0", name, text}}, headers...)
}

func uploaded(t *testing.T, f *testkit.Foyer, role, kind, name, text string) string {
	t.Helper()
	a := upload(t, f, role, kind, name, text)
	id, _ := a.At("uploadFile", "upload", "id").(string)
	require.NotEmpty(t, id, a.Body)
	return id
}

func photo(w, h int) string {
	var b bytes.Buffer
	_ = jpeg.Encode(&b, image.NewRGBA(image.Rect(0, 0, w, h)), nil)
	return b.String()
}

// fetch asks for an address of the portal, with everything that must not matter.
func fetch(t *testing.T, f *testkit.Foyer, method, url string, body io.Reader, headers ...string) (*http.Response, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, f.URL+url, body)
	require.NoError(t, err)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	res, err := http.DefaultClient.Do(r)
	require.NoError(t, err)
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	require.NoError(t, err)
	return res, string(text)
}

// attached puts a file on an order, and returns it.
func attached(t *testing.T, f *testkit.Foyer, role, owner string) (id, url string) {
	t.Helper()
	u := uploaded(t, f, role, "ATTACHMENT", "../plan.exe", samplePDF)
	a := f.As(role).Do(attachToOrder, map[string]any{"input": map[string]any{"orderId": f.World.Orders[owner].ID, "uploadIds": []string{u}}})
	require.Empty(t, a.Errors, a.Body)
	list, _ := a.At("attachToOrder", "order", "attachments").([]any)
	require.Len(t, list, 2, a.Body)
	id, _ = testkit.At(list[1], "id").(string)
	url, _ = testkit.At(list[1], "url").(string)
	return id, url
}

func pictured(t *testing.T, f *testkit.Foyer, product gid.ID) string {
	t.Helper()
	u := uploaded(t, f, "STAFF_MARKETING", "PICTURE", "a.jpg", photo(700, 350))
	a := f.As("STAFF_MARKETING").Do(addFile, map[string]any{"input": map[string]any{"productId": product, "uploadId": u, "text": "From the front"}})
	id, _ := a.At("addProductFile", "file", "id").(string)
	require.NotEmpty(t, id, a.Body)
	f.Work()
	return id
}

// TestAttachment follows a file from its sending to its end.
func TestAttachment(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		id, url := attached(t, f, "ORG_MEMBER", world.OrderOfMember)
		require.Contains(t, url, "/files/s/"+id+"/0?")
		a := f.As("ORG_MEMBER").Must(`query($id: ID!) { order(id: $id) { timeline { __typename ... on OrderFileAdded { name file { id size } } } } }`, map[string]any{"id": f.World.Orders[world.OrderOfMember].ID})
		require.Contains(t, fmt.Sprint(a), "OrderFileAdded")
		require.Contains(t, fmt.Sprint(a), "plan.exe.pdf")
		// Neither a cookie nor a token matters, a wrong one no more than none.
		for _, headers := range [][]string{nil, {"Cookie", "foyer=x", "Authorization", "Bearer nonsense"}} {
			res, text := fetch(t, f, http.MethodGet, url, nil, headers...)
			require.Equal(t, 200, res.StatusCode)
			require.Equal(t, samplePDF, text)
			require.Equal(t, "application/pdf", res.Header.Get("Content-Type"))
			require.Equal(t, `attachment; filename="plan.exe.pdf"`, res.Header.Get("Content-Disposition"))
			require.Equal(t, "nosniff", res.Header.Get("X-Content-Type-Options"))
			require.Contains(t, res.Header.Get("Content-Security-Policy"), "sandbox")
			require.Equal(t, "same-origin", res.Header.Get("Cross-Origin-Resource-Policy"))
			require.Regexp(t, `^private, max-age=([1-9]|[1-5]\d|60)$`, res.Header.Get("Cache-Control"))
			require.Empty(t, res.Header.Values("Set-Cookie"))
			require.Empty(t, res.Header.Get("Access-Control-Allow-Origin"))
			res, text = fetch(t, f, http.MethodGet, url, nil, "If-None-Match", res.Header.Get("ETag"))
			require.Equal(t, 304, res.StatusCode, text)
		}
		res, text := fetch(t, f, http.MethodGet, url, nil, "Range", "bytes=1-3")
		require.Equal(t, 206, res.StatusCode)
		require.Equal(t, "PDF", text)
		res, text = fetch(t, f, http.MethodHead, url, nil)
		require.Equal(t, "", text)
		require.Equal(t, int64(len(samplePDF)), res.ContentLength)
		res, _ = fetch(t, f, http.MethodPost, url, strings.NewReader("x"))
		require.Equal(t, 405, res.StatusCode)

		// An upload that is not there is not used.
		again := f.As("ORG_MEMBER").Do(attachToOrder, map[string]any{"input": map[string]any{"orderId": f.World.Orders[world.OrderOfMember].ID, "uploadIds": []gid.ID{gid.New(gid.Upload)}}})
		require.Contains(t, again.Body, `"INVALID"`)

		deleteIt := `mutation($id: ID!) { deleteFile(input: {fileId: $id}) { fileId userErrors { code } } }`
		before := f.Fingerprint()
		b := f.As("ORG_MEMBER").Do(deleteIt, map[string]any{"id": id})
		require.Contains(t, b.Body, "WRONG_STATE", "the order is confirmed")
		require.Equal(t, before, f.Fingerprint())
		b = f.As("STAFF_AGENT").Do(deleteIt, map[string]any{"id": id})
		require.Equal(t, id, b.At("deleteFile", "fileId"), b.Body)
		res, _ = fetch(t, f, http.MethodGet, url, nil)
		require.Equal(t, 404, res.StatusCode, "its link ends with it")
		kept, _ := attached(t, f, "ORG_MEMBER", world.OrderOfMember)
		f.Work()
		tidied, err := f.Files.Tidy(t.Context())
		require.NoError(t, err)
		require.Zero(t, tidied.Orphans)
		lost, err := f.Store.Client().File.Query().Where(entfile.IDNEQ(gid.ID(kept))).IDs(auth.WithSystem(t.Context(), "test"))
		require.NoError(t, err)
		require.Len(t, lost, 7+len(world.LearnersOf))
		require.ElementsMatch(t, lost, tidied.Missing, "what the world attached has no bytes")
		require.Contains(t, f.As("ORG_MEMBER").Do(`query($id: ID!) { order(id: $id) { timeline { __typename } } }`, map[string]any{"id": f.World.Orders[world.OrderOfMember].ID}).Body, "OrderFileRemoved")
	})
}

// TestLinksAreNotGuessed: another file, another size, another time, another proof.
func TestLinksAreNotGuessed(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		id, url := attached(t, f, "ORG_MEMBER", world.OrderOfMember)
		other, _ := attached(t, f, "ORG_MANAGER", world.OrderOfManager)
		picture := pictured(t, f, f.World.Draft.ID)
		for _, bad := range []string{
			strings.ReplaceAll(url, id, other), strings.Replace(url, "/0?", "/480?", 1), strings.Replace(url, "/0?", "/-480?", 1),
			strings.ReplaceAll(url, id, picture), strings.Replace(url, "/s/", "/p/", 1), url[:len(url)-10], url + "x", strings.Replace(url, "e=", "e=9", 1),
			strings.Replace(url, "v=", "v=x", 1), "/files/s/" + id + "/0", "/files/s/" + id + "/0?e=99999999999&v=&s=", "/files/p/" + id + "/0", "/files/p/" + id + "/480",
			"/files/p/" + picture + "/480", "/files/p/" + picture + "/0", "/files/", "/files/../graphql", "/files/s/../../etc/passwd", "/files/upload/" + id,
		} {
			res, text := fetch(t, f, http.MethodGet, bad, nil)
			require.GreaterOrEqual(t, res.StatusCode, 400, bad)
			require.NotContains(t, text, "PDF", bad)
		}
		f.Clock = func() time.Time { return time.Now().Add(61 * time.Second) }
		res, _ := fetch(t, f, http.MethodGet, url, nil)
		require.Equal(t, 404, res.StatusCode, "61 seconds later")
		f.Clock = nil
		mine, _ := testkit.At(f.As("ORG_MEMBER").Must(`query($id: ID!) { node(id: $id) { ... on File { url } } }`, map[string]any{"id": id}), "node", "url").(string)
		theirs, _ := testkit.At(f.As("STAFF_AGENT").Must(`query($id: ID!) { node(id: $id) { ... on File { url } } }`, map[string]any{"id": id}), "node", "url").(string)
		require.NotEqual(t, mine, theirs, "each has a link of their own")
	})
}

// TestFilesByRole: who sees what a file hangs on sees the file, and nobody else,
// by none of the ways that lead there.
func TestFilesByRole(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		w, cases := f.World, 0
		shown, hidden := pictured(t, f, w.Product.ID), pictured(t, f, w.Draft.ID)
		sys := auth.WithSystem(t.Context(), "test")
		var restricted *ent.Product
		require.NoError(t, f.Store.Tx(sys, func(ctx context.Context, tx *ent.Client) (err error) {
			restricted, err = tx.Product.Create().SetName("For South only").SetRestricted(true).Save(ctx)
			return err
		}))
		_, err := f.Store.Raw(t.Context()).ExecContext(t.Context(), `INSERT INTO product_audiences (product_id, audience_id) VALUES ($1, $2)`, string(restricted.ID), string(w.South.ID))
		require.NoError(t, err)
		special := pictured(t, f, restricted.ID)
		all, err := f.Store.Client().File.Query().All(sys)
		require.NoError(t, err)
		for _, r := range schema.Roles {
			c := f.As(r.Key)
			staff := schema.Grants[r.Key].Has(schema.PermUnpublished)
			for _, x := range all {
				cases++
				var sees bool
				switch string(x.ID) {
				case shown:
					sees = r.Key != "GUEST" // whose code is for one order
				case hidden, special:
					sees = staff
				default: // that of an order, or of work that was handed in
					sees = c.Do(`query($id: ID!) { node(id: $id) { id } }`, map[string]any{"id": cmp.Or(x.OrderID, x.SubmissionID)}).At("node", "id") != nil
				}
				a := c.Do(`query($id: ID!) { node(id: $id) { id ... on File { url pictures { url } } } }`, map[string]any{"id": x.ID})
				require.Equal(t, sees, a.At("node", "id") != nil, "%s, %s: %s", r.Key, x.Name, a.Body)
				if !sees {
					require.Equal(t, "NOT_FOUND", a.Code(), a.Body)
				}
				parent, field := x.OrderID, "... on Order { list: attachments { id } }"
				if x.ProductID != "" {
					parent, field = x.ProductID, "... on Product { list: pictures { id } }"
				}
				if x.SubmissionID != "" {
					parent, field = x.SubmissionID, "... on Submission { list: files { id } }"
				}
				a = c.Do(`query($id: ID!) { node(id: $id) { `+field+` } }`, map[string]any{"id": parent})
				if strings.Contains(a.Body, "Unknown type") { // no orders at all
					continue
				}
				require.Equal(t, sees, strings.Contains(a.Body, string(x.ID)), "%s, %s: %s", r.Key, x.Name, a.Body)
			}
			// Deleting: the file is made anew for each.
			for _, owner := range []string{world.OrderOfMember, world.OrderOfSub, world.OrderOfSouth} {
				o := w.Orders[owner]
				var x *ent.File
				require.NoError(t, f.Store.Tx(sys, func(ctx context.Context, tx *ent.Client) (err error) {
					x, err = tx.File.Create().SetOrganizationID(o.OrganizationID).SetUserID(o.UserID).SetOrderID(o.ID).SetKind(entfile.KindATTACHMENT).
						SetName("x.pdf").SetContentType("application/pdf").SetBytes(1).SetSha256("").SetStorageKey(string(gid.New("x"))).Save(ctx)
					return err
				}))
				before := f.Fingerprint()
				a := c.Do(`mutation($id: ID!) { deleteFile(input: {fileId: $id}) { fileId userErrors { code } } }`, map[string]any{"id": x.ID})
				if a.At("deleteFile", "fileId") == nil {
					require.Equal(t, before, f.Fingerprint(), r.Key)
				}
				gone := c.Do(`query($id: ID!) { node(id: $id) { id } }`, map[string]any{"id": x.OrderID}).At("node", "id") != nil &&
					(r.Key == "STAFF_AGENT" || r.Key == "STAFF_ADMIN" || r.Key == "STAFF_SALES")
				require.Equal(t, gone, a.At("deleteFile", "fileId") != nil, "%s, %s: %s", r.Key, owner, a.Body)
				a = c.Do(`mutation($id: ID!) { deleteProductFile(input: {fileId: $id}) { fileId userErrors { code } } }`, map[string]any{"id": x.ID})
				require.Nil(t, a.At("deleteProductFile", "fileId"), "%s", a.Body)
			}
			if schema.Grants[r.Key].Action("file.catalog") == auth.ScopeNone {
				a := c.Do(`mutation($id: ID!) { deleteProductFile(input: {fileId: $id}) { fileId } }`, map[string]any{"id": shown})
				require.Contains(t, a.Body, "Cannot query field", r.Key)
			}
			a := upload(t, f, r.Key, "ATTACHMENT", "a.pdf", samplePDF)
			require.Equal(t, schema.Grants[r.Key].Action("file.upload") != auth.ScopeNone, a.At("uploadFile", "upload", "id") != nil, "%s: %s", r.Key, a.Body)
		}
		res, text := fetch(t, f, http.MethodGet, "/files/p/"+shown+"/480", nil)
		require.Equal(t, 200, res.StatusCode)
		require.Equal(t, "image/jpeg", res.Header.Get("Content-Type"))
		require.Equal(t, `inline; filename="a.jpg"`, res.Header.Get("Content-Disposition"))
		m, err := jpeg.DecodeConfig(strings.NewReader(text))
		require.NoError(t, err)
		require.Equal(t, [2]int{480, 240}, [2]int{m.Width, m.Height})
		for _, url := range []string{"/files/p/" + hidden + "/480", "/files/p/" + special + "/480", "/files/p/" + shown + "/481"} {
			res, _ = fetch(t, f, http.MethodGet, url, nil)
			require.Equal(t, 404, res.StatusCode, url)
		}
		// Staff see hidden ones by links of their own.
		a := f.As("STAFF_MARKETING").Must(`query($id: ID!) { node(id: $id) { ... on File { url picture(width: 300) { width url } } } }`, map[string]any{"id": hidden})
		for _, path := range [][]any{{"node", "url"}, {"node", "picture", "url"}} {
			url, _ := testkit.At(a, path...).(string)
			require.Contains(t, url, "/files/s/")
			res, _ = fetch(t, f, http.MethodGet, url, nil)
			require.Equal(t, 200, res.StatusCode, url)
		}
		// A product that is hidden takes its pictures along.
		_, err = f.Store.Raw(t.Context()).ExecContext(t.Context(), `UPDATE products SET status = 'RETIRED' WHERE id = $1`, string(w.Product.ID))
		require.NoError(t, err)
		res, _ = fetch(t, f, http.MethodGet, "/files/p/"+shown+"/480", nil)
		require.Equal(t, 404, res.StatusCode)
		t.Logf("access cases of files: %d", cases)
	})
}

// TestUploadsAreOnesOwn: nobody uses, finishes or learns of another's.
func TestUploadsAreOnesOwn(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		u := uploaded(t, f, "ORG_MEMBER", "ATTACHMENT", "a.pdf", samplePDF)
		order := f.World.Orders[world.OrderOfMember].ID
		before, there := f.Fingerprint(), count(t, f, "files")
		for _, role := range []string{"ORG_BUYER", "ORG_ADMIN", "STAFF_AGENT", "STAFF_ADMIN"} {
			right := f.As(role).Do(attachToOrder, map[string]any{"input": map[string]any{"orderId": order, "uploadIds": []string{u}}})
			wrong := f.As(role).Do(attachToOrder, map[string]any{"input": map[string]any{"orderId": order, "uploadIds": []gid.ID{gid.New(gid.Upload)}}})
			require.Equal(t, wrong.Body, right.Body)
			require.Contains(t, right.Body, `"INVALID"`)
			a := f.As(role).Do(`mutation($id: ID!) { finishUpload(input: {uploadId: $id}) { upload { id } userErrors { code } } }`, map[string]any{"id": u})
			require.Contains(t, a.Body, "UNKNOWN_UPLOAD")
		}
		require.Equal(t, before, f.Fingerprint())
		require.Equal(t, 1, count(t, f, "file_uploads"))
		// Used by many at once, it is attached once.
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() {
				f.As("ORG_MEMBER").Do(attachToOrder, map[string]any{"input": map[string]any{"orderId": order, "uploadIds": []string{u}}})
			})
		}
		all.Wait()
		require.Equal(t, there+1, count(t, f, "files"), "those of the world and one")
		require.Zero(t, count(t, f, "file_uploads"))
		// Sent for another purpose, it does not become a picture of a product.
		x := uploaded(t, f, "STAFF_MARKETING", "ATTACHMENT", "a.pdf", samplePDF)
		a := f.As("STAFF_MARKETING").Do(addFile, map[string]any{"input": map[string]any{"productId": f.World.Product.ID, "uploadId": x}})
		require.Contains(t, a.Body, `"INVALID"`)
		require.Equal(t, 1, count(t, f, "file_uploads"), "a refusal leaves it where it was")
	})
}

// TestDirectUpload: past the API, and looked at all the same.
func TestDirectUpload(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		begin := func(kind string, n int) (id, url string, a *testkit.Answer) {
			a = f.As("ORG_MEMBER").Do(`mutation($input: BeginUploadInput!) { beginUpload(input: $input) { uploadId url method headers { name value } expiresAt userErrors { field code } } }`,
				map[string]any{"input": map[string]any{"name": "drawing.svg", "bytes": n, "kind": kind, "contentType": "image/svg+xml"}})
			id, _ = a.At("beginUpload", "uploadId").(string)
			url, _ = a.At("beginUpload", "url").(string)
			return id, url, a
		}
		finish := func(role, id string) *testkit.Answer {
			return f.As(role).Do(`mutation($id: ID!) { finishUpload(input: {uploadId: $id}) { upload { id name contentType size } userErrors { field code } } }`, map[string]any{"id": id})
		}
		id, url, a := begin("ATTACHMENT", len(samplePDF))
		require.NotEmpty(t, url, a.Body)
		require.Contains(t, finish("ORG_MEMBER", id).Body, "NOT_ARRIVED")
		for _, bad := range []string{url + "x", strings.Replace(url, id, string(gid.New(gid.Upload)), 1), strings.Replace(url, "e=", "e=9", 1)} {
			res, _ := fetch(t, f, http.MethodPut, bad, strings.NewReader(samplePDF))
			require.Equal(t, 404, res.StatusCode)
		}
		res, _ := fetch(t, f, http.MethodPut, url, strings.NewReader(samplePDF+"more"))
		require.Equal(t, 413, res.StatusCode)
		res, _ = fetch(t, f, http.MethodPut, url, struct{ io.Reader }{strings.NewReader(samplePDF)})
		require.Equal(t, 411, res.StatusCode, "without a length")
		res, _ = fetch(t, f, http.MethodGet, url, nil)
		require.Equal(t, 405, res.StatusCode)
		res, _ = fetch(t, f, http.MethodOptions, url, nil, "Origin", "https://evil.example.com", "Access-Control-Request-Method", "PUT")
		require.Empty(t, res.Header.Get("Access-Control-Allow-Origin"))
		res, _ = fetch(t, f, http.MethodPut, url, strings.NewReader(samplePDF), "Cookie", "x=y")
		require.Equal(t, 204, res.StatusCode)
		require.Contains(t, finish("ORG_MANAGER", id).Body, "UNKNOWN_UPLOAD")
		b := finish("ORG_MEMBER", id)
		require.Equal(t, "drawing.svg.pdf", b.At("finishUpload", "upload", "name"), b.Body)
		require.Equal(t, b.Body, finish("ORG_MEMBER", id).Body, "again")
		res, _ = fetch(t, f, http.MethodPut, url, strings.NewReader("<svg onload=1></svg>\n"))
		require.Equal(t, 404, res.StatusCode, "what has been looked at is not replaced")

		id, url, _ = begin("ATTACHMENT", 26)
		res, _ = fetch(t, f, http.MethodPut, url, strings.NewReader("<svg onload='alert(1)'/>  "))
		require.Equal(t, 204, res.StatusCode)
		b = finish("ORG_MEMBER", id)
		require.Contains(t, b.Body, "UNSUPPORTED_TYPE")
		require.Contains(t, b.Body, "uploadId")
		_, _, a = begin("ATTACHMENT", 0)
		require.Contains(t, a.Body, "EMPTY")
		_, _, a = begin("ATTACHMENT", 25<<20+1)
		require.Contains(t, a.Body, "TOO_LARGE")
		_, _, a = begin("ATTACHMENT", 2_000_000_000)
		require.Contains(t, a.Body, "TOO_LARGE")
		for range 19 {
			begin("ATTACHMENT", 25<<20)
		}
		_, _, a = begin("ATTACHMENT", 25<<20)
		require.Contains(t, a.Body, "QUOTA_EXCEEDED")
		require.Equal(t, 21, count(t, f, "file_uploads"))

		// A day later nobody can use them, and they are gone.
		f.Clock = func() time.Time { return time.Now().Add(25 * time.Hour) }
		require.Contains(t, finish("ORG_MEMBER", id).Body, "UNKNOWN_UPLOAD")
		tidied, err := f.Files.Tidy(t.Context())
		require.NoError(t, err)
		require.Equal(t, files.Tidied{Expired: 21, Missing: tidied.Missing}, tidied)
		require.Zero(t, count(t, f, "file_uploads"))
		res, _ = fetch(t, f, http.MethodPut, url, strings.NewReader("x"))
		require.Equal(t, 404, res.StatusCode)
	})
}

// TestUploadRefused: by content, and nothing is left of it.
func TestUploadRefused(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		before := f.Fingerprint()
		for _, x := range []struct{ kind, name, text, code string }{
			{"ATTACHMENT", "a.pdf", "", "EMPTY"},
			{"PICTURE", "a.png", "<svg onload='alert(1)'/>", "UNSUPPORTED_TYPE"},
			{"PICTURE", "a.jpg", "<html><script>alert(1)</script>", "UNSUPPORTED_TYPE"},
			{"PICTURE", "a.jpg", samplePDF, "UNSUPPORTED_TYPE"},
			{"PICTURE", "a.jpg", photo(50, 50)[:400], "BROKEN"},
			{"DOCUMENT", "a.pdf", photo(5, 5), "UNSUPPORTED_TYPE"},
		} {
			a := upload(t, f, "ORG_MEMBER", x.kind, x.name, x.text)
			require.Contains(t, a.Body, `"`+x.code+`"`, x.name)
		}
		large := upload(t, f, "ORG_MEMBER", "ATTACHMENT", "a.txt", strings.Repeat("x", 28<<20))
		require.Equal(t, http.StatusRequestEntityTooLarge, large.Status)
		// Who imports may send more, but not for this.
		large = upload(t, f, "STAFF_ADMIN", "ATTACHMENT", "a.txt", strings.Repeat("x", 26<<20))
		require.Equal(t, http.StatusRequestEntityTooLarge, large.Status)
		require.Equal(t, before, f.Fingerprint())
		require.Zero(t, count(t, f, "file_uploads"))
		tidied, err := f.Files.Tidy(t.Context())
		require.NoError(t, err)
		require.Zero(t, tidied.Orphans)
	})
}

// TestUploadRepeated: under one key, a file is kept once.
func TestUploadRepeated(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		send := func(text string) *testkit.Answer {
			query := strings.Replace(uploadFile, "uploadFile(input: $input)", `uploadFile(input: $input) @idempotent(key: "k")`, 1)
			operations, err := json.Marshal(map[string]any{"query": query, "variables": map[string]any{"input": map[string]any{"file": nil, "kind": "ATTACHMENT"}}})
			require.NoError(t, err)
			return post(t, f, "ORG_MEMBER", []part{{name: "operations", text: string(operations)}, {name: "map", text: `{"0": ["variables.input.file"]}`}, {"0", "a.pdf", text}})
		}
		first := send(samplePDF)
		require.NotNil(t, first.At("uploadFile", "upload", "id"), first.Body)
		require.Equal(t, first.Body, send(samplePDF).Body)
		require.Equal(t, "CONFLICT", send("%PDF-1.4 other %%EOF").Code())
		require.Equal(t, 1, count(t, f, "file_uploads"))
	})
}

// TestFilesOfAList: the number of statements does not depend on the rows.
func TestFilesOfAList(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		query := `query($n: Int!) { orders(first: $n) { edges { node { attachments { id name size } } } } }`
		cost := func(n int) int64 {
			f.As("STAFF_ADMIN").Must(query, map[string]any{"n": n})
			return f.As("STAFF_ADMIN").Statements(query, map[string]any{"n": n})
		}
		require.LessOrEqual(t, cost(8), cost(2)+3, "gathered, and never one by one")
	})
}
