with

seeded as (
    select
        verdict_code,
        diagnosis_code,
        page_ja_text,
        page_en_text,
        maker_ja_text,
        maker_en_text
    from {{ ref('fit_advice') }}
),

source as (
    select
        verdict_code,
        diagnosis_code,
        page_ja_text,
        page_en_text,
        maker_ja_text,
        maker_en_text
    from {{ source('landing', 'shop_fit_advice') }}
),

-- A row of the shop stands in place of the shipped one, as a whole.
renamed as (
    select
        seeded.verdict_code,
        seeded.diagnosis_code,
        coalesce(source.page_ja_text, seeded.page_ja_text) as page_ja_text,
        coalesce(source.page_en_text, seeded.page_en_text) as page_en_text,
        coalesce(source.maker_ja_text, seeded.maker_ja_text) as maker_ja_text,
        coalesce(source.maker_en_text, seeded.maker_en_text) as maker_en_text,
        source.verdict_code is not null as is_changed_by_shop
    from seeded
    left join source
        on
            seeded.verdict_code = source.verdict_code
            and seeded.diagnosis_code = source.diagnosis_code
)

select * from renamed
