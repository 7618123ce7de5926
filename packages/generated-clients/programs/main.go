package main

import (
	"context"
	"fmt"
	"os"

	holdfast "github.com/GIT_USER_ID/GIT_REPO_ID"
)

func order(quantity int32) holdfast.OrderRequest {
	return holdfast.OrderRequest{Lines: []holdfast.OrderRequestLine{{Sku: "tea-green", Quantity: quantity}}}
}

func main() {
	configuration := holdfast.NewConfiguration()
	configuration.Servers = holdfast.ServerConfigurations{{URL: os.Args[1]}}
	orders := holdfast.NewAPIClient(configuration).OrdersAPI
	background := context.Background()

	placed, _, err := orders.OrdersPlace(background).OrderRequest(order(1)).IdempotencyKey("go").Execute()
	if err != nil {
		panic(err)
	}
	reference := "pi_go"
	payment := holdfast.ConfirmRequest{PaymentReference: &reference}
	confirmed, _, err := orders.OrdersConfirm(background, placed.Id).ConfirmRequest(payment).Execute()
	if err != nil {
		panic(err)
	}
	fmt.Println(confirmed.Status)

	_, _, err = orders.OrdersPlace(background).OrderRequest(order(10_000)).Execute()
	problem := err.(*holdfast.GenericOpenAPIError).Model().(holdfast.OrdersPlaceProblem)
	fmt.Println(problem.Code, *problem.Errors[0].Requested)
}
