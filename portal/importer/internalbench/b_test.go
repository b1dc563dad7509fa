package b
import ("testing";"context";"database/sql";"fmt";"strings";"time";"path/filepath";"os"
 "foyer/portal/store";"foyer/auth";"foyer/ent";"foyer/schema/gid"
 _ "modernc.org/sqlite"
)
func TestX(t *testing.T){
 for _, chunk := range []int{1,16,64,256} {
 for _, cache := range []int{2000,32000} {
  _ = os.Stdout
  path := filepath.Join(t.TempDir(),"a.db")
  ctx := auth.WithSystem(context.Background(),"x")
  st,err := store.Open(ctx,"sqlite://"+path); if err!=nil{t.Fatal(err)}
  if _,err := st.Migrate(ctx);err!=nil{t.Fatal(err)}
  st.Close()
  db,_ := sql.Open("sqlite","file:"+path+"?_txlock=immediate&_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=foreign_keys(1)&_pragma=synchronous(NORMAL)&_time_format=sqlite&_pragma=cache_size(-"+fmt.Sprint(cache)+")")
  db.SetMaxOpenConns(1)
  n := 100000
  org := string(gid.New("org"))
  must := func(err error){ if err!=nil{t.Fatal(err)}}
  _,err = db.Exec("insert into organizations(id,created_at,updated_at,name) values(?,?,?,?)",org,time.Now(),time.Now(),"x");must(err)
  start:=time.Now()
  cols := []string{"id","organization_id","user_id","order_id","variant_id","position","sku","name","quantity","quantity_shipped","currency","unit_price_minor","discount_basis_points","tax_minor","total_minor"}
  one := "("+strings.Repeat("?,",len(cols)-1)+"?)"
  for done:=0;done<n; {
   tx,err := db.Begin();must(err)
   st,err := tx.Prepare("insert into order_lines("+strings.Join(cols,",")+") values "+strings.TrimSuffix(strings.Repeat(one+",",chunk),","));must(err)
   var ord string
   args := make([]any,0,chunk*len(cols))
   for i:=0;i<10240;i++ {
     if i%20==0 { ord=string(gid.New("ord")); _,err=tx.Exec("insert into orders(id,created_at,updated_at,number,placed_at,currency,organization_id) values(?,?,?,?,?,?,?)",ord,time.Now(),time.Now(),ord,time.Now(),"GBP",org);must(err)}
     args=append(args,string(gid.New("oln")),org,nil,ord,nil,i%20,fmt.Sprint(i*7919%4001),"SOME NAME OF A PRODUCT",5,0,"GBP",255,0,0,1275)
     if len(args)==chunk*len(cols) { _,err=st.Exec(args...);must(err);args=args[:0]}
   }
   must(tx.Commit()); done+=10240
  }
  d:=time.Since(start)
  fmt.Printf("chunk %d cache %d: %v, %.1f us/line\n",chunk,cache,d,float64(d.Microseconds())/float64(n))
  db.Close()
 }}
 var _ ent.Client
}
