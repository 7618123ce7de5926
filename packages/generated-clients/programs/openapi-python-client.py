import sys

from holdfast_client import Client
from holdfast_client.api.orders import orders_confirm, orders_place
from holdfast_client.models import ConfirmRequest, OrderRequest, OrderRequestLine

client = Client(base_url=sys.argv[1])


def order(quantity: int) -> OrderRequest:
    return OrderRequest(lines=[OrderRequestLine(sku="tea-green", quantity=quantity)])


placed = orders_place.sync(client=client, body=order(1), idempotency_key="openapi-python-client")
payment = ConfirmRequest(payment_reference="pi_openapi_python_client")
print(orders_confirm.sync(placed.id, client=client, body=payment).status)
problem = orders_place.sync(client=client, body=order(10_000))
print(problem.code, problem.errors[0].requested)
