x='RIgP/58waM+Dx3A5idNoDCDBwb2Dc4/dsdc6lC1MXlPq2Ymk/yE9fz1WuvL4NUyv+D8FnyVVdBZdzst6iAxQa2H9uZ0+t1sAq6DdWXLgEJKC5BjfiOXslIVUgVil6p/8ODnxr1YhNga3CcCySEU52c5cDyp2HmQbGnJJnmU1gQBEb6VEwZsMa3Y/Nxl/CpzkCUZpRr2biMws+eIFKRVVbiqgvrrOle+RNpF0JwSQrOwJcKiulO6jNFlBBL0OFYe1UO5VeUN3wlg9oMaoFDBlo5yozIIo6Ogb8thXanZfuKjL5LrdxnFpXomfqMLfcCfzJiJJCBlt/8TMpJWWTSonNlQaSEoaWm3UGfgI53g46ByrVh+D1CHtRQRhjyzWLd+AWo4ceo/9c0rjcGJvUanmmvV7KPwWTg2bG/ysxVFLgMiKRK4ew3yVp4Q+bP30PljfwAY4CDfhaWkSZing5Vt+1PaxakNDPBlRJvn3tpAP45snzr/OwwaAjZ70nV5ZuAx2zrI/flC0TyiWJBsh0mT7h+V7FiM2ItI4CVULzjmaaeqiIJv7GVmitdyzW9hqchfDzo3fiYJV4Sh6URR4unzeOanINdyp/MXFHCbE/4rjPWMczd/5wVdek7xb5hq/ObKFBA9oxkZzUTDBxSHwgQK7mBEHQFjP3LYD/QjY5xqihffHWs2Ht0Z2IiJgWMTH';y=(  'RIgP/58waM+Dx3A5idNoDCDBwb2Dc4/dsdc6lC1MXlPq2Ymk/yE9fz1WuvL4NUyv'
  '+D8FnyVVdBZdzst6iAxQa2H9uZ0+t1sAq6DdWXLgEJKC5BjfiOXslIVUgVil6p/8'
  'ODnxr1YhNga3CcCySEU52c5cDyp2HmQbGnJJnmU1gQBEb6VEwZsMa3Y/Nxl/Cpzk'
  'CUZpRr2biMws+eIFKRVVbiqgvrrOle+RNpF0JwSQrOwJcKiulO6jNFlBBL0OFYe1'
  'UO5VeUN3wlg9oMaoFDBlo5yozIIo6Ogb8thXanZfuKjL5LrdxnFpXomfqMLfcCfz'
  'JiJJCBlt/8TMpJWWTSonNlQaSEoaWm3UGfgI53g46ByrVh+D1CHtRQRhjyzWLd+A'
  'Wo4ceo/9c0rjcGJvUanmmvV7KPwWTg2bG/ysxVFLgMiKRK4ew3yVp4Q+bP30Pljf'
  'wAY4CDfhaWkSZing5Vt+1PaxakNDPBlRJvn3tpAP45snzr/OwwaAjZ70nV5ZuAx2'
  'zrI/flC0TyiWJBsh0mT7h+V7FiM2ItI4CVULzjmaaeqiIJv7GVmitdyzW9hqchfD'
  'zo3fiYJV4Sh6URR4unzeOanINdyp/MXFHCbE/4rjPWMczd/5wVdek7xb5hq/ObKF'
);z=`a${b/`c`}`
//# sourceMappingURL=data:application/json;base64,eyJ2ZXJzaW9uIjoz
function a(b,c){if(!b)return c;var d=b.e;return d?a(d,c):f(c)}function a(b,c){if(!b)return c;var d=b.e;return d?a(d,c):f(c)}function a(b,c){if(!b)return c;var d=b.e;return d?a(d,c):f(c)}function a(b,c){if(!b)return c;var d=b.e;return d?a(d,c):f(c)}function a(b,c){if(!b)return c;var d=b.e;return d?a(d,c):f(c)}function a(b,c){if(!b)return c;var d=b.e;return d?a(d,c):f(c)}function a(b,c){if(!b)return c;var d=b.e;return d?a(d,c):f(c)}function a(b,c){if(!b)return c;var d=b.e;return d?a(d,c):f(c)}function a(b,c){if(!b)return c;var d=b.e;return d?a(d,c):f(c)}function a(b,c){if(!b)return c;var d=b.e;return d?a(d,c):f(c)}function a(b,c){if(!b)return c;var d=b.e;return d?a(d,c):f(c)}function a(b,c){if(!b)return c;var d=b.e;return d?a(d,c):f(c)}