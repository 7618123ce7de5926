export { bundlePage } from "./bundle-page.ts";
export { dashboardApp } from "./serve-dashboard.ts";
