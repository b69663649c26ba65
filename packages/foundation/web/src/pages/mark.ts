/** The mark: a wide roof on two posts, and a ball in the yard. */
export const markPath = "M2.5 13.5 16 5.5l13.5 8M7 11v16M25 11v16M3.5 27h25";
export const markBall = { cx: 16, cy: 22.5, r: 2.75 };

const { cx, cy, r } = markBall;

/** The mark as a file, in the accent of either colour scheme. */
export const mark = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><style>path{stroke:#4a3aa7}circle{fill:#4a3aa7}@media (prefers-color-scheme:dark){path{stroke:#b9aeff}circle{fill:#b9aeff}}</style><path fill="none" stroke-width="2.6" stroke-linecap="round" stroke-linejoin="round" d="${markPath}"/><circle cx="${cx}" cy="${cy}" r="${r}"/></svg>
`;
