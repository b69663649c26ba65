/** The mark: a roof on three posts, as over a school yard. */
export const markPath = "M3 13 16 5l13 8M6 12.5V27M16 12.5V27M26 12.5V27M3 27h26";

export const mark = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><style>path{stroke:#4a3aa7}@media (prefers-color-scheme:dark){path{stroke:#b9aeff}}</style><path fill="none" stroke-width="2.6" stroke-linecap="round" stroke-linejoin="round" d="${markPath}"/></svg>
`;
