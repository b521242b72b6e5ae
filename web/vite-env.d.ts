// Style sheets and images as Vite knows them.
/// <reference types="vite/client" />
