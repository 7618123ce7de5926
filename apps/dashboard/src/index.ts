export { dashboardApp } from "./serve-dashboard.ts";
