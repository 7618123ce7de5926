import sys

import openapi_client as holdfast

orders = holdfast.OrdersApi(holdfast.ApiClient(holdfast.Configuration(host=sys.argv[1])))


def order(quantity: int) -> holdfast.OrderRequest:
    return holdfast.OrderRequest(lines=[holdfast.OrderRequestLine(sku="tea-green", quantity=quantity)])


placed = orders.orders_place(order(1), idempotency_key="python")
payment = holdfast.ConfirmRequest(payment_reference="pi_python")
print(orders.orders_confirm(placed.id, payment).status)
try:
    orders.orders_place(order(10_000))
except holdfast.ApiException as refused:
    print(refused.data.code, refused.data.errors[0].requested)
