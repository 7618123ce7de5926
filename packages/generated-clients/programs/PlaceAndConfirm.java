import java.util.List;
import org.openapitools.client.ApiClient;
import org.openapitools.client.ApiException;
import org.openapitools.client.api.OrdersApi;
import org.openapitools.client.api.OrdersApi.APIOrdersConfirmRequest;
import org.openapitools.client.api.OrdersApi.APIOrdersPlaceRequest;
import org.openapitools.client.model.ConfirmRequest;
import org.openapitools.client.model.Order;
import org.openapitools.client.model.OrderRequest;
import org.openapitools.client.model.OrderRequestLine;
import org.openapitools.client.model.OrdersPlaceProblem;

public class PlaceAndConfirm {
  static APIOrdersPlaceRequest.Builder order(int quantity) {
    OrderRequestLine line = new OrderRequestLine().sku("tea-green").quantity(quantity);
    return APIOrdersPlaceRequest.newBuilder().orderRequest(new OrderRequest().lines(List.of(line)));
  }

  public static void main(String[] arguments) throws Exception {
    ApiClient client = new ApiClient();
    client.updateBaseUri(arguments[0]);
    OrdersApi orders = new OrdersApi(client);

    Order placed = orders.ordersPlace(order(1).idempotencyKey("java").build());
    ConfirmRequest payment = new ConfirmRequest().paymentReference("pi_java");
    APIOrdersConfirmRequest paid = APIOrdersConfirmRequest.newBuilder().id(placed.getId()).confirmRequest(payment).build();
    System.out.println(orders.ordersConfirm(paid).getStatus());
    try {
      orders.ordersPlace(order(10_000).build());
    } catch (ApiException refused) {
      OrdersPlaceProblem problem = client.getObjectMapper().readValue(refused.getResponseBody(), OrdersPlaceProblem.class);
      System.out.println(problem.getCode() + " " + problem.getErrors().get(0).getRequested());
    }
  }
}
